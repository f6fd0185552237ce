/// Your app's name for a user or merchant; it is part of every store key.
public struct Account: Sendable, Hashable, Redacted {
    /// The name.
    public let name: String

    /// Whether the name must not be shown: statuses and events have ``shown`` in its place.
    package let isPersonal: Bool

    /// Creates an account.
    ///
    /// - Parameters:
    ///   - name: your app's name for the user or merchant.
    ///   - isPersonal: whether the name identifies a person, such as an email address. Statuses, events, and whatever prints
    ///     the account then show a digest in its place, which is the same in every process. The account stays equal to one with
    ///     the same name that is not personal, and has the same store key.
    /// - Throws: ``TokenError`` with the code ``TokenError/Code/invalidCredentials`` if the name is empty.
    public init(_ name: String, isPersonal: Bool = false) throws {
        guard !name.isEmpty else {
            throw TokenError(.invalidCredentials, "The account name is empty.")
        }
        self.name = name
        self.isPersonal = isPersonal
    }

    /// The name, or a digest of a personal one: 40 bits, enough to tell the accounts of an app apart in its logs.
    package var shown: String {
        guard isPersonal else { return ProviderText.clean(name) }
        return "personal-\(SHA256Digest.hexadecimal(of: "OAuthDialects account\n\(name)").prefix(10))"
    }

    package var redacted: String { shown }
}

/// By bytes: to `String` two spellings in Unicode are one name, but to a provider they are two.
extension Account {
    public static func == (lhs: Self, rhs: Self) -> Bool { lhs.name.utf8.elementsEqual(rhs.name.utf8) }

    public func hash(into hasher: inout Hasher) {
        for byte in name.utf8 { hasher.combine(byte) }
    }
}
