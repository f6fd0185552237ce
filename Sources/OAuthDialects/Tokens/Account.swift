/// The name an app gives to the person or merchant whose session it is; part of every key, so that two never meet.
public struct Account: Sendable, Hashable, Redacted {
    /// The name as it was given.
    public let name: String

    /// Makes an account.
    ///
    /// - Throws: ``TokenError`` with the code ``TokenError/Code/invalidCredentials`` if the name is empty.
    public init(_ name: String) throws {
        guard !name.isEmpty else {
            throw TokenError(.invalidCredentials, "An account needs a name that is not empty.")
        }
        self.name = name
    }

    package var redacted: String { name }
}
