/// Whose tokens a record holds: everything that reaches the wire, and the account; never a secret.
public struct SessionKey: Sendable, Hashable, CustomStringConvertible {
    /// The key as stable ASCII text: form-encoded pairs in a fixed order, so that no two keys are spelled alike.
    public let identifier: String

    /// Makes the key of an identifier that a store has kept.
    public init(identifier: String) {
        self.identifier = identifier
    }

    package init(_ parts: [(name: String, value: String)]) {
        identifier = parts.map { "\($0.name)=\(FormEncoding.encode($0.value))" }.joined(separator: "&")
    }

    /// The SHA-256 of the identifier in hexadecimal: what files and rows may be named, and what tells nothing of the account.
    public var digest: String { SHA256Digest.hexadecimal(of: identifier) }

    public var description: String { identifier }
}
