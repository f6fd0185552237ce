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

    /// What comes next, at ``nextAt`` where time brings it about.
    public enum Next: String, Sendable, Codable {
        /// The renewal that is under way ends.
        case answer
        /// A renewal, when somebody asks for a token or ``TokenSession/run()`` keeps it fresh.
        case renewal
        /// Another attempt after a failure, as for ``renewal``.
        case retry
        /// Nothing before somebody signs in.
        case signIn
        /// Nothing: the token is good until it is rejected.
        case rejection
    }

    /// The dialect's name.
    public let dialect: String
    /// What the session can do for a caller now.
    public let standing: Standing
    /// When the access token ends; `nil` if there is none or the provider gave no lifetime.
    public let expiresAt: Date?
    /// The scopes of the access token.
    public let scopes: [String]
    /// The scopes that were asked for and not granted; none while there is no token.
    public let missingScopes: [String]
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
    /// What comes next.
    public let next: Next
    /// When that is, at the earliest; `nil` if time alone does not bring it about.
    public let nextAt: Date?
    /// Whether the tokens in hand still have to be saved.
    public let isUnsaved: Bool
}

extension SessionMachine {
    func status(of dialect: String, askedFor scopes: [String], at moment: Moment) -> SessionStatus {
        SessionStatus(
            dialect: dialect,
            standing: standing(at: moment.now),
            expiresAt: held?.token.expiresAt,
            scopes: held?.token.scopes ?? [],
            missingScopes: held.map { held in scopes.filter { !held.token.scopes.contains($0) } } ?? [],
            hasRefreshToken: record?.refreshToken != nil && record?.refreshStanding != .dead,
            refreshTokenEndsAt: record?.refreshTokenEndsAt,
            isRenewing: isBusy,
            waitingCallers: waiters.count,
            lastFailure: lastFailure?.description,
            next: next(at: moment.now),
            nextAt: nextUpkeep(at: moment.now).map(moment.date(of:)),
            isUnsaved: !unsaved.isNothing
        )
    }

    private func next(at now: SessionInstant) -> SessionStatus.Next {
        if isBusy { return .answer }
        guard nextUpkeep(at: now) != nil else { return held == nil || holding.isSignedOut ? .signIn : .rejection }
        return pacer.isBlocked(at: now) ? .retry : .renewal
    }

    private func standing(at now: SessionInstant) -> SessionStatus.Standing {
        if holding.isSignedOut { return .signedOut }
        guard let held, held.isLive(at: now) else {
            return isSignInReported ? .signInRequired : held == nil ? .noToken : .expired
        }
        return held.rejection == .none ? .working : .suspect
    }
}
