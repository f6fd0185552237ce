public import Foundation

/// Whose session it is, for good: a person's session is never continued as the application's own.
public struct Identity: Sendable {
    /// Makes a grant that can be presented again and again; handed the wall date.
    ///
    /// It has 10 s to return. What it throws fails the renewal as
    /// ``TokenError/Code/invalidCredentials``, for the moment, unless it is a ``TokenError`` itself.
    public typealias AssertionGrant = @Sendable @concurrent (Date) async throws -> Grant

    enum Kind: Sendable {
        case client
        case user(Account)
        case assertion(String, AssertionGrant)
        case staticToken(String)
    }

    let kind: Kind
    /// The scopes that are asked for.
    package let scopes: [String]

    /// The application itself, which can always authenticate again (RFC 6749, section 4.4).
    public static func client(scopes: [String] = []) -> Self { Self(kind: .client, scopes: scopes) }

    /// A person or merchant who signs in; only they can sign in again.
    public static func user(_ account: Account, scopes: [String] = []) -> Self {
        Self(kind: .user(account), scopes: scopes)
    }

    /// A grant that the app can make anew each time, such as a signed assertion (RFC 7523); `name` tells such identities
    /// apart.
    public static func assertion(named name: String, _ grant: @escaping AssertionGrant) -> Self {
        Self(kind: .assertion(name, grant), scopes: [])
    }

    /// An API key or a private token: the secret of the session's credentials is the token, and nothing is exchanged.
    ///
    /// The session reads the source of the credentials when it needs the token, on ``TokenSession/renew()``, and after the API has
    /// rejected the token; the token is in no store and in no key. If the source has no other one, or the API rejects that too, callers
    /// get an error with the code ``TokenError/Code/refused`` and the action ``TokenError/Action/fix``; after some seconds the token
    /// is tried again. After ``TokenSession/signOut(revoking:)``, which revokes no static token, `signIn(with: .clientCredentials())`
    /// starts the session again.
    ///
    /// - Parameter name: tells such identities of a client apart.
    /// - Returns: the identity.
    public static func staticToken(named name: String) -> Self { Self(kind: .staticToken(name), scopes: []) }

    /// Whether the credentials' secret is the token.
    var isStatic: Bool { if case .staticToken = kind { true } else { false } }

    /// The user's account; `nil` for every other identity.
    package var account: Account? { if case .user(let account) = kind { account } else { nil } }

    /// Whether the session can authenticate again without a person.
    package var canRepeat: Bool { if case .user = kind { false } else { true } }

    /// The grant to authenticate with; `nil` for a user.
    func grant(at date: Date) async throws -> Grant? {
        switch kind {
        case .client, .staticToken: .clientCredentials(scopes: scopes)
        case .user: nil
        case .assertion(_, let grant): try await grant(date)
        }
    }
}
