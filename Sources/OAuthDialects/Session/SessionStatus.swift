public import Foundation

/// What a session holds and what happens next, without any secret; for a health check or a support page.
public struct SessionStatus: Sendable, Codable, Equatable {
    /// What the session can do for a caller now.
    public enum Standing: String, Sendable, Codable {
        /// No token has been asked for yet, or none came.
        case noToken

        /// A token works.
        case working

        /// A token is served although the provider rejected it, because its renewal failed.
        case suspect

        /// The token is over.
        case expired

        /// A person has to sign in.
        case signInRequired

        /// The session was signed out.
        case signedOut
    }

    /// The dialect's name.
    public let dialect: String

    /// What the session can do for a caller now.
    public let standing: Standing

    /// When the access token ends; `nil` if there is none or the provider gave no lifetime.
    public let expiresAt: Date?

    /// The scopes of the access token.
    public let scopes: [String]

    /// Whether there is a refresh token that may be presented.
    public let hasRefreshToken: Bool

    /// When the refresh token ends; `nil` if there is none or the provider did not say.
    public let refreshTokenEndsAt: Date?

    /// Whether a renewal is under way.
    public let isRenewing: Bool

    /// How many callers wait for it.
    public let waitingCallers: Int

    /// The last failure since the last success.
    public let lastFailure: String?

    /// The earliest time of the next renewal; `nil` if nothing is due by time alone.
    public let nextRenewalAt: Date?

    /// Whether the tokens in hand still have to be saved.
    public let isUnsaved: Bool
}

extension SessionState {
    func status(of dialect: String, at moment: Moment) -> SessionStatus {
        SessionStatus(
            dialect: dialect,
            standing: standing(at: moment.now),
            expiresAt: held?.token.expiresAt,
            scopes: held?.token.scopes ?? [],
            hasRefreshToken: record?.refreshToken != nil && record?.refreshStanding != .dead,
            refreshTokenEndsAt: record?.refreshTokenEndsAt,
            isRenewing: flight != nil,
            waitingCallers: waiters.count,
            lastFailure: lastFailure?.description,
            nextRenewalAt: (flight?.startedAt ?? nextUpkeep(at: moment.now)).map(moment.date(of:)),
            isUnsaved: isDirty
        )
    }

    private func standing(at now: SessionInstant) -> SessionStatus.Standing {
        if isSignedOut { return .signedOut }
        guard let held, held.isLive(at: now) else {
            return isSignInAnnounced ? .signInRequired : held == nil ? .noToken : .expired
        }
        return held.rejection == .none ? .working : .suspect
    }
}
