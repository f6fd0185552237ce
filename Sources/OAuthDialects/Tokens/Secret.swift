/// A text that must not be shown: a client secret, a token, an authorization code.
///
/// It prints as `<redacted>`, is not `Codable`, and compares in constant time. Only ``revealed`` returns the text.
public struct Secret: Sendable, Equatable, ExpressibleByStringLiteral {
    /// Compares in constant time.
    private struct Text: Equatable {
        let value: String

        static func == (lhs: Self, rhs: Self) -> Bool {
            guard lhs.value.utf8.count == rhs.value.utf8.count else { return false }
            var difference: UInt8 = 0
            for (left, right) in zip(lhs.value.utf8, rhs.value.utf8) { difference |= left ^ right }
            return difference == 0
        }
    }

    private let text: Text

    /// Creates a secret.
    public init(_ text: String) {
        self.text = Text(value: text)
    }

    public init(stringLiteral value: String) {
        text = Text(value: value)
    }

    /// The text itself.
    public var revealed: String { text.value }

    /// The same text in memory of its own.
    var copy: Self { Self(String(decoding: revealed.utf8, as: UTF8.self)) }

    /// Whether the text is empty.
    package var isEmpty: Bool { text.value.isEmpty }
}

extension Secret: Redacted {
    package var redacted: String { "<redacted>" }
}
