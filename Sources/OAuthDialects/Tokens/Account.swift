/// Your app's name for a user or merchant; it is part of every store key.
public struct Account: Sendable, Hashable, Redacted {
    /// The name.
    public let name: String

    /// Creates an account.
    ///
    /// - Throws: ``TokenError`` with the code ``TokenError/Code/invalidCredentials`` if the name is empty.
    public init(_ name: String) throws {
        guard !name.isEmpty else {
            throw TokenError(.invalidCredentials, "The account name is empty.")
        }
        self.name = name
    }

    package var redacted: String { name }
}

/// By bytes: to `String` two spellings in Unicode are one name, but to a provider they are two.
extension Account {
    public static func == (lhs: Self, rhs: Self) -> Bool { lhs.name.utf8.elementsEqual(rhs.name.utf8) }

    public func hash(into hasher: inout Hasher) {
        for byte in name.utf8 { hasher.combine(byte) }
    }
}
