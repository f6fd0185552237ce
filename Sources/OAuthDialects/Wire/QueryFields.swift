/// The parameters of a URL's query, read strictly: each can be decoded, and none appears twice (RFC 6749, section 3.1).
package struct QueryFields: Sendable {
    /// The most that is read of a URL.
    static let maximumBytes = 32 * 1024

    /// The parameters of an answer (RFC 6749, sections 4.1.2 and 4.1.2.1; RFC 9207).
    private static let known = ["code", "state", "iss", "scope", "error", "error_description", "error_uri"]

    private let fields: [(name: String, value: String)]

    /// Reads what stands between the first `?` and the first `#`.
    ///
    /// - Throws: ``TokenError`` with the code ``TokenError/Code/invalidCallback``.
    package init(of text: String) throws {
        guard text.utf8.count <= Self.maximumBytes else {
            throw TokenError(.invalidCallback, "The callback URL is longer than \(Self.maximumBytes / 1024) KiB.")
        }
        let whole = text.prefix { $0 != "#" }
        guard let mark = whole.firstIndex(of: "?") else {
            fields = []
            return
        }
        var fields: [(name: String, value: String)] = []
        var names: Set<String> = []
        guard let pairs = try? Self.pairs(in: whole[whole.index(after: mark)...]) else {
            throw TokenError(.invalidCallback, "A parameter of the callback URL can't be decoded.")
        }
        for (name, value) in pairs {
            guard names.insert(name).inserted else {
                // An unknown name may be a secret that a browser decoded.
                let shown = Self.known.contains(name) ? "The parameter \(name)" : "A parameter"
                throw TokenError(.invalidCallback, "\(shown) appears twice in the callback URL.")
            }
            fields.append((name: name, value: value))
        }
        self.fields = fields
    }

    /// A name or a value that can't be decoded.
    struct Undecodable: Error {}

    /// The pairs of a query or a form, decoded.
    static func pairs(in text: some StringProtocol) throws -> [(name: String, value: String)] {
        try text.split(separator: "&").map { pair in
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = decode(halves[0]), let value = decode(halves.count > 1 ? halves[1] : "") else {
                throw Undecodable()
            }
            return (name: name, value: value)
        }
    }

    /// The names, in order.
    package var names: [String] { fields.map(\.name) }

    /// The value of a parameter; `nil` if it is missing.
    package subscript(name: String) -> String? {
        fields.first { $0.name == name }?.value
    }

    /// Whether this query has every parameter of another one, with the same value.
    func contains(_ other: Self) -> Bool {
        other.fields.allSatisfy { self[$0.name] == $0.value }
    }

    /// Encodes one name or value, a space as `%20`.
    package static func encode(_ text: String) -> String {
        FormEncoding.encode(text).replacing("+", with: "%20")
    }

    private static func decode(_ text: some StringProtocol) -> String? {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == 0x2B {
                bytes.append(0x20)
            } else if byte == 0x25 {
                guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit) else {
                    return nil
                }
                bytes.append(high << 4 | low)
            } else {
                bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46, 0x61...0x66: (byte | 0x20) - 0x57
        default: nil
        }
    }
}
