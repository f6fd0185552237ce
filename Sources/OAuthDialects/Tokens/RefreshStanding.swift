package import Foundation

extension TokenRecord {
    /// What is known about a refresh token; it is in the record, so that a process that runs once a day counts too.
    package struct RefreshStanding: Sendable, Equatable {
        /// How often the provider has refused the token.
        package enum Refusals: Sendable, Equatable {
            case none
            /// Definitely, while its access token worked.
            case early(count: Int, last: Date)
            /// Definitely: the token is presented again now and then, because providers have refused in outages of their own.
            case definite(count: Int, last: Date)
            /// With words whose meaning is unknown, when no access token worked.
            case unknown(count: Int, first: Date, last: Date)

            fileprivate var last: Date {
                switch self {
                case .none: .distantPast
                case .early(_, let last), .definite(_, let last), .unknown(_, _, let last): last
                }
            }
        }

        /// Whether it is being presented, or the answer was lost: it may be used up.
        package var isSent = false
        package var refusals = Refusals.none

        package init(isSent: Bool = false, refusals: Refusals = .none) {
            (self.isSent, self.refusals) = (isSent, refusals)
        }

        /// It may be presented.
        package static let ready = Self()
        /// It is being presented, or the answer was lost.
        package static let sent = Self(isSent: true)

        /// Takes over what is stored; of a standing that could not be saved, only refusals by which another process is ahead.
        mutating func learn(_ stored: Self, isUnsaved: Bool) {
            if !isUnsaved { self = stored } else if stored.refusals.last > refusals.last { refusals = stored.refusals }
        }

        /// Whether a person has to sign in, because the provider has refused it for good as far as anyone knows.
        package var isRefused: Bool {
            switch refusals {
            case .none, .early: false
            case .definite: true
            case .unknown(let count, let first, let last):
                count >= 3 && last.timeIntervalSince(first) >= 15 * 60
            }
        }
    }

    /// The sign-in, or a client's first authentication, that the tokens go back to; renewals keep it.
    package struct SignIn: Sendable, Equatable {
        /// What the API has said about its tokens.
        package enum Trial: String, Sendable {
            /// Nothing yet.
            case new
            case accepted
            /// It rejected a token of its first minutes, so that its rejections prove nothing until it accepts one.
            case rejectedFirst
        }

        /// A random text.
        package var id: String
        /// When it happened, by the wall clock.
        package var date: Date
        package var trial: Trial

        package init(id: String, date: Date, trial: Trial = .new) {
            (self.id, self.date, self.trial) = (id, date, trial)
        }
    }
}

extension TokenRecord.RefreshStanding: CustomStringConvertible {
    package var description: String {
        let refusals =
            switch refusals {
            case .none: ""
            case .early(let count, _): "refused early (\(count))"
            case .definite(let count, _): "refused (\(count))"
            case .unknown(let count, _, _): "refused with unknown words (\(count))"
            }
        let sent = isSent ? "sent" : refusals.isEmpty ? "ready" : ""
        return [sent, refusals].filter { !$0.isEmpty }.joined(separator: ", ")
    }
}
