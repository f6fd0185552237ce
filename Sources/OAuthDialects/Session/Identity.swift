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

    /// What tells identities apart: a repeatable grant goes by its name.
    struct ID: Hashable, Sendable {
        enum Kind: Sendable { case client, user, assertion }

        let kind: Kind
        let name: String
        let scopes: Set<String>
    }

    let kind: Kind

    /// The scopes that are asked for.
    package let scopes: [String]

    /// The application itself, which can always authenticate again (RFC 6749, section 4.4).
    public static func client(scopes: [String] = []) -> Self {
        Self(kind: .client, scopes: scopes)
    }

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
    package var canRepeat: Bool {
        if case .user = kind { false } else { true }
    }

    /// The grant to authenticate with; `nil` for a user.
    func grant(at date: Date) async throws -> Grant? {
        switch kind {
        case .client: .clientCredentials(scopes: scopes)
        case .user: nil
        case .assertion(_, let grant): try await grant(date)
        }
    }

    var id: ID {
        switch kind {
        case .client: ID(kind: .client, name: "", scopes: Set(scopes))
        case .user(let account): ID(kind: .user, name: account.name, scopes: Set(scopes))
        case .assertion(let name, _): ID(kind: .assertion, name: name, scopes: [])
        }
    }

    /// What makes its key its own.
    var keyParts: [(name: String, value: String)] {
        let scope = (name: "scope", value: Set(scopes).sorted().joined(separator: " "))
        return switch kind {
        case .client: [(name: "identity", value: "client"), scope]
        case .user(let account): [(name: "identity", value: "user"), (name: "account", value: account.name), scope]
        case .assertion(let name, _): [(name: "identity", value: "assertion"), (name: "grant", value: name)]
        }
    }
}
