public import Foundation

/// What a session holds and what happens next, without any secret; for a health check or a support page.
public struct SessionStatus: Sendable, Codable, Equatable {
    /// What the session can do for a caller now.
    public enum Standing: String, Sendable, Codable {
        /// No token has been asked for yet, or none came.
        case noToken
        /// A token works.
        case working
        /// A token that the provider rejected is served, because its renewal failed.
        case suspect
        /// The token has expired.
        case expired
        /// A person has to sign in.
        case signInRequired
        /// The session was signed out.
        case signedOut
    }
    /// The dialect's name.
    public let dialect: String
    /// The user's account, or a digest of a personal one; `nil` if the session isn't a user's.
    public let account: String?
    /// What the session can do for a caller now.
    public let standing: Standing
    /// When the access token ends; `nil` if there is none or the provider gave no lifetime.
    public let expiresAt: Date?
    /// The scopes of the access token.
    public let scopes: [String]
    /// The scopes that were asked for and not granted; none while there is no token.
    public let missingScopes: [String]
    /// Whether there is a refresh token that the provider has not refused for good.
    public let hasRefreshToken: Bool
    /// When the refresh token ends; `nil` if there is none or the provider did not say.
    public let refreshTokenEndsAt: Date?
    /// Whether a renewal is under way.
    public let isRenewing: Bool
    /// How many callers wait for it.
    public let waitingCallers: Int
    /// The last failure since the last success.
    public let lastFailure: String?
    /// When the first renewal failed since the last success.
    public let failingSince: Date?
    /// Whether a person has to sign in before callers are served; tokens end it, or a request that the API accepts.
    public let needsSignIn: Bool
    /// When the session renews its token at the earliest, if a caller asks for one or ``TokenSession/run()`` is active.
    ///
    /// `nil` if no renewal is due at a known time: the token has no known end, or a person has to sign in.
    public let nextAt: Date?
    /// Whether the tokens in hand still have to be saved.
    public let isUnsaved: Bool
}

extension SessionMachine {
    func status(of dialect: String, _ identity: Identity, at moment: Moment) -> SessionStatus {
        SessionStatus(
            dialect: dialect,
            account: identity.account?.shown,
            standing: standing(at: moment.now),
            expiresAt: held?.token.expiresAt,
            scopes: held?.token.scopes ?? [],
            missingScopes: held.map { held in identity.scopes.filter { !held.token.scopes.contains($0) } } ?? [],
            hasRefreshToken: record?.refreshToken != nil && record?.refreshStanding.isRefused == false,
            refreshTokenEndsAt: record?.refreshTokenEndsAt,
            isRenewing: isBusy,
            waitingCallers: waiters.count,
            lastFailure: lastFailure?.description,
            failingSince: failingSince,
            needsSignIn: needsSignIn(at: moment.now),
            nextAt: nextUpkeep(at: moment.now).map(moment.date(of:)),
            isUnsaved: !unsaved.isNothing
        )
    }

    private func standing(at now: SessionInstant) -> SessionStatus.Standing {
        if holding.isSignedOut { return .signedOut }
        if needsSignIn(at: now) { return .signInRequired }
        guard let held, held.isLive(at: now) else { return held == nil ? .noToken : .expired }
        return held.isRejected ? .suspect : .working
    }
}
