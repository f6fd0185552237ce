/// A text that must never be seen: a client secret, a token, an authorization code.
///
/// Printing, dumping or mirroring one shows `<redacted>`, it is not `Codable`, and `==` takes the same time wherever two
/// secrets of one length differ. ``revealed`` is the only way to the text.
public struct Secret: Sendable, Equatable, ExpressibleByStringLiteral {
    private let text: String

    /// Wraps a text.
    public init(_ text: String) {
        self.text = text
    }

    public init(stringLiteral value: String) {
        self.text = value
    }

    /// The text itself; whoever reads it is responsible for where it goes.
    public var revealed: String { text }

    /// Whether there is nothing in it.
    public var isEmpty: Bool { text.isEmpty }

    public static func == (lhs: Self, rhs: Self) -> Bool {
        guard lhs.text.utf8.count == rhs.text.utf8.count else { return false }
        var difference: UInt8 = 0
        for (left, right) in zip(lhs.text.utf8, rhs.text.utf8) { difference |= left ^ right }
        return difference == 0
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "<redacted>" }
    public var debugDescription: String { "<redacted>" }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
