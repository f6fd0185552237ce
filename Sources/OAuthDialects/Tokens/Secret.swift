/// A text that must never be seen: a client secret, a token, an authorization code.
///
/// Printing, dumping or mirroring one shows `<redacted>`, it is not `Codable`, and `==` takes the same time wherever two
/// secrets of one length differ. ``revealed`` is the only way to the text.
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

    /// Wraps a text.
    public init(_ text: String) {
        self.text = Text(value: text)
    }

    public init(stringLiteral value: String) {
        text = Text(value: value)
    }

    /// The text itself; whoever reads it is responsible for where it goes.
    public var revealed: String { text.value }

    /// Whether there is nothing in it.
    package var isEmpty: Bool { text.value.isEmpty }
}

extension Secret: Redacted {
    package var redacted: String { "<redacted>" }
}
