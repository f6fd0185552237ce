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

    /// Whether the session can authenticate again without a person.
    package var canRepeat: Bool { if case .user = kind { false } else { true } }

    /// The grant to authenticate with; `nil` for a user.
    func grant(at date: Date) async throws -> Grant? {
        switch kind {
        case .client: .clientCredentials(scopes: scopes)
        case .user: nil
        case .assertion(_, let grant): try await grant(date)
        }
    }
}
