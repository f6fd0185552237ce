public import Foundation

/// Something that happened in a session, fit to be logged: no part of it holds a secret.
public struct SessionEvent: Sendable, Redacted {
    /// How much it matters.
    public enum Level: Sendable {
        /// For whoever looks at the wire.
        case debug

        /// The ordinary course of things.
        case info

        /// Worth a look one day.
        case notice

        /// Something failed and callers did not feel it, or only one of them did.
        case warning

        /// Callers fail.
        case error
    }

    /// What happened, by a stable name that metrics can be hung on.
    public struct Name: Sendable, Hashable, CustomStringConvertible {
        /// The name as text.
        public let description: String

        init(_ description: String) {
            self.description = description
        }

        /// A renewal began; metadata `reason`.
        public static let renewalStarted = Self("renewal.started")

        /// A renewal brought a token; metadata `rung`, `seconds`, `waiting`, `held_up`, `passed_over`.
        ///
        /// `waiting` callers were held up, the longest for `held_up` seconds; `passed_over` says why other ways were not taken.
        public static let renewalSucceeded = Self("renewal.succeeded")

        /// A renewal brought none; metadata `code`, `seconds`, `waiting`, `held_up`, `passed_over`.
        public static let renewalFailed = Self("renewal.failed")

        /// A request goes to a token endpoint; metadata `request`.
        public static let exchangeSent = Self("exchange.sent")

        /// What came back; metadata `status` or `failure`, and `seconds`.
        public static let exchangeAnswered = Self("exchange.answered")

        /// A token answer is read, and is not what the dialect declares; metadata `deviation`; once for each kind.
        public static let answerDeviated = Self("exchange.answer_deviated")

        /// Fewer scopes were granted than asked for; metadata `lacking`; once until others are lacking.
        public static let scopesReduced = Self("exchange.scopes_reduced")

        /// A token was found in the store.
        public static let tokenAdopted = Self("token.adopted")

        /// A token that works goes on being served although its renewal failed.
        public static let tokenServed = Self("token.served_despite_failure")

        /// The provider rejected the token in hand.
        public static let tokenRejected = Self("token.rejected")

        /// The provider rejected the replacement as well: the cause is not the token.
        public static let rejectionIgnored = Self("token.rejection_ignored")

        /// The store failed; the session goes on from memory.
        public static let storeFailed = Self("store.failed")

        /// The store's lock could not be had in time.
        public static let storeBusy = Self("store.busy")

        /// A person has to sign in again.
        public static let signInRequired = Self("session.sign_in_required")

        /// A person signed in.
        public static let signedIn = Self("session.signed_in")

        /// The session was signed out.
        public static let signedOut = Self("session.signed_out")

        /// A listener was too slow; metadata `count` says how many events it missed.
        public static let eventsMissed = Self("events.missed")
    }

    /// What happened.
    public let name: Name

    /// How much it matters.
    public let level: Level

    /// What happened, in a sentence.
    public let message: String

    /// The particulars, by the keys that each ``Name`` lists; lifetimes and waits are in seconds.
    public let metadata: [String: String]

    /// When, by the wall clock.
    public let date: Date

    init(_ name: Name, _ level: Level, _ message: String, _ metadata: [String: String] = [:], at date: Date) {
        self.name = name
        self.level = level
        self.message = message
        self.metadata = metadata
        self.date = date
    }

    package var redacted: String { message }
}
