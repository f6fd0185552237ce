/// Identifies the tokens of one identity at one client of one provider; contains no secret.
public struct SessionKey: Sendable, Hashable, CustomStringConvertible {
    /// The key as stable ASCII text: form-encoded pairs in a fixed order, so that different keys have different texts.
    public let identifier: String

    /// Creates a key from an identifier that a store has kept.
    public init(identifier: String) {
        self.identifier = identifier
    }

    package init(_ parts: [(name: String, value: String)]) {
        self.init(identifier: Self.text(parts))
    }

    /// The SHA-256 of the identifier in hexadecimal: a name for a file or a row that reveals nothing about the account.
    public var digest: String { SHA256Digest.hexadecimal(of: identifier) }

    public var description: String { identifier }

    static func text(_ parts: [(name: String, value: String)]) -> String {
        parts.map { "\($0.name)=\(FormEncoding.encode($0.value))" }.joined(separator: "&")
    }
}
