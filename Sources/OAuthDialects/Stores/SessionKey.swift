/// Whose tokens a record holds: everything that reaches the wire, and the account; never a secret.
public struct SessionKey: Sendable, Hashable, CustomStringConvertible {
    /// The key as stable ASCII text: form-encoded pairs in a fixed order, so that no two keys are spelt alike.
    public let identifier: String

    package init(_ parts: [(name: String, value: String)]) {
        identifier = parts.map { "\($0.name)=\(FormEncoding.encode($0.value))" }.joined(separator: "&")
    }

    public var description: String { identifier }
}
