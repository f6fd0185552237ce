public import Foundation

/// A token for a provider's API.
///
/// Copying it allocates nothing. It prints without its value.
public struct AccessToken: Sendable, Equatable {
    private final class Storage: Sendable, Equatable {
        let value: Secret
        let header: Secret
        let expiresAt: Date?
        let scopes: [String]
        let extras: [String: Secret]
        /// What this is a copy of.
        private let original: Storage?

        init(
            _ value: Secret,
            expiresAt: Date?,
            scopes: [String],
            extras: [String: Secret],
            original: Storage? = nil
        ) {
            self.value = value
            self.header = Secret("Bearer " + value.revealed)
            self.expiresAt = expiresAt
            self.scopes = scopes
            self.extras = extras
            self.original = original
        }

        /// Two tokens are equal if their values are, whatever their expiry.
        static func == (lhs: Storage, rhs: Storage) -> Bool {
            // Comparing texts in constant time takes long, and a session compares under its lock.
            (lhs.original ?? lhs) === (rhs.original ?? rhs) || lhs.value == rhs.value
        }
    }

    private let storage: Storage

    /// Makes a token from its text.
    ///
    /// - Parameters:
    ///   - value: 1 byte to 16 KiB of visible ASCII.
    ///   - expiresAt: when it expires, by the wall clock; `nil` if the provider gave no lifetime.
    ///   - scopes: the granted scopes.
    /// - Throws: ``TokenError`` with the code ``TokenError/Code/unreadableAnswer`` for any other text.
    public init(_ value: Secret, expiresAt: Date? = nil, scopes: [String] = []) throws {
        try self.init(value, expiresAt: expiresAt, scopes: scopes, extras: [:])
    }

    package init(_ value: Secret, expiresAt: Date?, scopes: [String], extras: [String: Secret]) throws {
        try TokenText.check(value, named: "access token")
        storage = Storage(value, expiresAt: expiresAt, scopes: scopes, extras: extras)
    }

    private init(_ storage: Storage) { self.storage = storage }

    /// The same token with what another answer said beside it.
    func saying(_ extras: [String: Secret]) -> Self {
        Self(Storage(value, expiresAt: expiresAt, scopes: scopes, extras: extras))
    }

    /// The same token; its value and its header have memory of their own.
    var copy: Self {
        Self(Storage(value.copy, expiresAt: expiresAt, scopes: scopes, extras: extras, original: storage))
    }

    /// Whether two are one and the same, and not only equal.
    package func isIdentical(to other: Self) -> Bool { storage === other.storage }

    /// The token's text.
    public var value: Secret { storage.value }

    /// When it expires by the wall clock, for display; the session uses a monotonic clock.
    public var expiresAt: Date? { storage.expiresAt }

    /// The granted scopes in the provider's order; the requested ones if the answer had none.
    public var scopes: [String] { storage.scopes }

    /// Further members of this token's answer that the dialect lists.
    package var extras: [String: Secret] { storage.extras }

    /// The value of the `Authorization` header: `Bearer` and the token (RFC 6750, section 2.1).
    public var authorizationHeader: Secret { storage.header }
}

extension AccessToken: Redacted {
    package var redacted: String {
        "AccessToken(<redacted>\(expiresAt.map { ", expires \($0.formatted(.iso8601))" } ?? ""))"
    }
}
