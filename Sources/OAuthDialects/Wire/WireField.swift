/// One field of a form or of a flat JSON object.
public struct WireField: Sendable, Equatable {
    /// The name as sent.
    public var name: String

    /// The value as sent, before encoding.
    public var value: Secret

    /// Whether the value must not be shown.
    package var isSecret: Bool

    /// Creates a field whose value may be shown.
    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = Secret(value)
        self.isSecret = false
    }

    /// Creates a field whose value must not be shown.
    public init(_ name: String, secret value: Secret) {
        self.name = name
        self.value = value
        self.isSecret = true
    }
}

extension WireField: Redacted {
    package var redacted: String {
        "\(ProviderText.escape(name))=\(isSecret ? "<redacted>" : ProviderText.escape(value.revealed))"
    }
}
