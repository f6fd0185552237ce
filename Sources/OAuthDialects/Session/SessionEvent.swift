public import Foundation

/// Something that happened in a session; no part of it contains a secret.
public struct SessionEvent: Sendable, Redacted {
    /// How much an event matters.
    public enum Level: Sendable {
        /// Shows the traffic with the token endpoint.
        case debug
        /// Belongs to normal operation.
        case info
        /// Is worth a look one day.
        case notice
        /// Something failed; at most one caller was affected.
        case warning
        /// Callers fail.
        case error
    }

    /// What happened: a stable name for metrics.
    public struct Name: Sendable, Hashable, Redacted {
        package let redacted: String

        init(_ text: String) { redacted = text }

        /// A renewal started; metadata `reason`.
        public static let renewalStarted = Self("renewal.started")
        /// A renewal brought a token; metadata `method`, `seconds`, `lifetime`, and `skipped`, which says why other methods were not
        /// used; `waiters` callers waited, the longest for `wait_seconds`.
        public static let renewalSucceeded = Self("renewal.succeeded")
        /// A renewal brought no token; metadata `code`, `seconds`, `skipped`, `waiters`, `wait_seconds`.
        public static let renewalFailed = Self("renewal.failed")
        /// The session sent a request to a token endpoint; metadata `request`.
        public static let exchangeSent = Self("exchange.sent")
        /// The token endpoint answered, or did not; metadata `status` or `failure`, and `seconds`.
        public static let exchangeAnswered = Self("exchange.answered")
        /// A token answer is not what the dialect declares; metadata `deviation`; once for each kind.
        public static let answerDeviated = Self("exchange.answer_deviated")
        /// The provider granted fewer scopes than requested; metadata `missing`; once until others are missing.
        public static let scopesReduced = Self("exchange.scopes_reduced")
        /// The session took a newer token from the store.
        public static let tokenAdopted = Self("token.adopted")
        /// The session goes on serving a token that works although its renewal failed.
        public static let tokenServed = Self("token.served_despite_failure")
        /// The API rejected the token in hand.
        public static let tokenRejected = Self("token.rejected")
        /// A rejection does not renew the token; metadata `why`.
        public static let rejectionIgnored = Self("token.rejection_ignored")
        /// The store failed; metadata `code`.
        public static let storeFailed = Self("store.failed")
        /// The store's lock could not be taken in time; metadata `code`.
        public static let storeBusy = Self("store.busy")
        /// A person has to sign in; once until tokens come, and at the level `info` if nobody has signed in yet.
        public static let signInRequired = Self("session.sign_in_required")
        /// The provider did not revoke the tokens of a session that was signed out; metadata `result`.
        public static let revocationFailed = Self("session.revocation_failed")
        /// The provider refused a refresh with a word whose meaning is unknown; metadata `refusal`; once for each word.
        package static let refusalUnknown = Self("exchange.refusal_unknown")
        /// The session was signed in.
        public static let signedIn = Self("session.signed_in")
        /// The session was signed out.
        public static let signedOut = Self("session.signed_out")
        /// A full ``SessionPool`` made room for another session, and keeps this one's token fresh no longer; metadata `capacity`.
        public static let sessionEvicted = Self("pool.session_evicted")
        /// ``SessionPool/run()`` renewed this session's token so late that callers had begun to wait, and others' tokens may be as
        /// late; metadata `wait_seconds`, counted from when the renewal was due, and `why`; once until a minute has passed
        /// without a late renewal.
        public static let upkeepBehind = Self("upkeep.behind")
        /// libcurl can't be used on this Linux machine, so requests go over `URLSession`; metadata `why`.
        public static let transportFallback = Self("transport.fallback")
        /// This listener was too slow; metadata `count` says how many events it missed.
        public static let eventsMissed = Self("events.missed")
    }

    /// What happened.
    public let name: Name
    /// How much it matters.
    public let level: Level
    /// What happened, as a sentence.
    public let message: String
    /// The details, under the keys that each ``Name`` lists; durations are in seconds.
    ///
    /// Every event has the session's `dialect`, and a user's session its `account`: the name, or a digest if the account is personal.
    public let metadata: [String: String]
    /// The wall date of the event.
    public let date: Date

    init(_ name: Name, _ level: Level, _ message: String, _ metadata: [String: String] = [:], at date: Date) {
        (self.name, self.level, self.message, self.metadata, self.date) = (name, level, message, metadata, date)
    }

    /// The same event with the names of its session.
    func naming(_ names: [String: String]) -> Self {
        Self(name, level, message, metadata.merging(names) { $1 }, at: date)
    }

    package var redacted: String { message }
}
