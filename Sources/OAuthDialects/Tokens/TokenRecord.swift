package import Foundation

/// The tokens of a session and what a later process must know about them.
///
/// A store handles it as bytes: ``bytes(for:sealedBy:)`` and ``init(bytes:for:sealedBy:)``. It prints without its tokens.
public struct TokenRecord: Sendable, Equatable {
    /// A number that grows with every new token and every sign-out: of two records, the one with the greater number is newer.
    public package(set) var generation: Int

    /// A random text that tells two records of the same generation apart.
    package var id: String

    /// The access token; `nil` after a sign-out.
    package var accessToken: Secret?

    /// The wall date at which the session asked for the access token.
    package var requestedAt: Date

    /// The lifetime of the access token, counted from ``requestedAt``; `nil` if the provider gave none.
    package var lifetime: Duration?

    /// The scopes of the access token.
    package var scopes: [String]

    /// The refresh token, if there is one that may be stored.
    package var refreshToken: RefreshToken?

    /// What is known about the refresh token of this generation, whether or not it is stored.
    package var refreshStanding: RefreshStanding

    /// The wall date at which the refresh token expires; `nil` if the provider gave none.
    package var refreshTokenEndsAt: Date?

    /// The OpenID Connect ID token, unchanged.
    package var idToken: Secret?

    /// Further members of the answer that the dialect lists.
    package var extras: [String: Secret]

    /// Where the tokens come from; in a tombstone the sign-in that it ends, if it knew of one.
    package var signIn: SignIn?

    /// Whether the session was signed out: the record has no tokens, and tokens of an older generation must not return.
    package var isTombstone: Bool { accessToken == nil }

    /// Creates a record; without an access token it is a tombstone.
    package init(
        generation: Int,
        id: String,
        accessToken: Secret?,
        requestedAt: Date,
        lifetime: Duration? = nil,
        scopes: [String] = [],
        refreshToken: RefreshToken? = nil,
        refreshStanding: RefreshStanding = .ready,
        refreshTokenEndsAt: Date? = nil,
        idToken: Secret? = nil,
        extras: [String: Secret] = [:],
        signIn: SignIn? = nil
    ) {
        self.generation = generation
        self.id = id
        self.accessToken = accessToken
        self.requestedAt = requestedAt
        self.lifetime = lifetime
        self.scopes = scopes
        self.refreshToken = refreshToken
        self.refreshStanding = refreshStanding
        self.refreshTokenEndsAt = refreshTokenEndsAt
        self.idToken = idToken
        self.extras = extras
        self.signIn = signIn
    }

    /// Whether both records come from the same token answer or sign-out, so that both speak of the same refresh token.
    package func isSameGeneration(as other: TokenRecord) -> Bool {
        generation == other.generation && id == other.id
    }

    /// Whether two processes wrote the same number, and this one was later.
    func isLaterTwin(of other: TokenRecord) -> Bool {
        generation == other.generation && id != other.id && requestedAt > other.requestedAt
    }

    /// Whether this tombstone ends a sign-in.
    func ends(_ other: SignIn?) -> Bool { signIn != nil && signIn?.id == other?.id }

    /// The generation after another; the greatest number is its own successor.
    package static func generation(after generation: Int) -> Int {
        max(generation, generation &+ 1)
    }
}

extension TokenRecord: Redacted {
    package var redacted: String {
        let what =
            isTombstone ? "signed out" : "refresh token \(refreshToken == nil ? "none" : "\(refreshStanding)")"
        return "TokenRecord(generation \(generation), \(what))"
    }
}
