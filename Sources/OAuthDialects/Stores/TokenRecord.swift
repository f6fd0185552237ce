public import Foundation

/// What is stored of a session: its tokens and what a restart has to know of them.
///
/// It prints without its tokens. ``bytes`` is the one way out, ``init(bytes:)`` the one way in.
public struct TokenRecord: Sendable, Equatable {
    /// Which of two records is newer: a number that grows by one, and a random id that tells twins apart.
    public struct Generation: Sendable, Hashable {
        /// Grows by one with every exchange and every sign-out.
        public let number: Int

        /// 16 hexadecimal digits.
        public let id: String

        /// The next number; the last one has none after it.
        static func number(after number: Int) -> Int {
            max(number, number &+ 1)
        }

        /// Makes a generation.
        public init(number: Int, id: String) {
            self.number = number
            self.id = id
        }
    }

    /// What is known of the refresh token; stored with the token's keyed fingerprint, so that it counts for that token alone.
    public enum RefreshStanding: String, Sendable {
        /// It may be presented.
        case ready

        /// It was presented before its access token had ended, and refused; it may be presented once more at the end.
        case refusedEarly

        /// It is being presented, or its answer was lost: it may be spent.
        case sent

        /// As ``sent``, for the second and last time.
        case sentAgain

        /// It was refused for good.
        case dead
    }

    /// Which of two records is newer.
    public var generation: Generation

    /// The access token; `nil` after a sign-out.
    public var accessToken: Secret?

    /// The wall date at which the access token was asked for.
    public var requestedAt: Date

    /// How long the access token lives from ``requestedAt``; `nil` if the provider did not say.
    public var lifetime: Duration?

    /// What the access token was granted for.
    public var scopes: [String]

    /// The refresh token, where there is one.
    public var refreshToken: RefreshToken?

    /// What is known of the refresh token.
    public var refreshStanding: RefreshStanding

    /// Stands for a refresh token that is kept out of the store.
    var withheldFingerprint: String?

    /// The wall date from which the refresh token can't be used any more; `nil` if the provider did not say.
    public var refreshTokenEndsAt: Date?

    /// The OpenID Connect token that came along, as it came.
    public var idToken: Secret?

    /// Whether a person signed out: no tokens, and none of an older generation may come back.
    public var isTombstone: Bool { accessToken == nil }

    /// Makes a record; without an access token it is a tombstone.
    public init(
        generation: Generation,
        accessToken: Secret?,
        requestedAt: Date,
        lifetime: Duration? = nil,
        scopes: [String] = [],
        refreshToken: RefreshToken? = nil,
        refreshStanding: RefreshStanding = .ready,
        refreshTokenEndsAt: Date? = nil,
        idToken: Secret? = nil
    ) {
        self.generation = generation
        self.accessToken = accessToken
        self.requestedAt = requestedAt
        self.lifetime = lifetime
        self.scopes = scopes
        self.refreshToken = refreshToken
        self.refreshStanding = refreshStanding
        self.refreshTokenEndsAt = refreshTokenEndsAt
        self.idToken = idToken
    }
}

extension TokenRecord: Redacted {
    package var redacted: String {
        let what =
            isTombstone ? "signed out" : "refresh token \(refreshToken == nil ? "none" : refreshStanding.rawValue)"
        return "TokenRecord(generation \(generation.number), \(what))"
    }
}
