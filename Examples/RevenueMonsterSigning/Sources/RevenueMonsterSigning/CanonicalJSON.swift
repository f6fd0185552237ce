import Foundation

/// A JSON text without spaces and with the members of every object in order, in which numbers stay as they were written.
///
/// A number that went through `Double` would be another one from 2^53 on, and its signature that of another body.
public struct CanonicalJSON: Sendable {
    /// What is wrong with a text.
    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    /// Which characters of a text are escaped beside those that have to be.
    public enum Escaping: Sendable {
        /// `<`, `>` and `&`, as Revenue Monster wants it and Go does it; and the two line separators of Unicode.
        case html

        /// None.
        case none
    }

    /// The canonical text.
    public let text: String

    /// Whether there is nothing to sign in it: `{}` or `null`.
    public var isEmpty: Bool { text == "{}" || text == "null" }

    /// Reads JSON.
    ///
    /// - Throws: ``Failure`` for bytes that are no JSON, a member that is there twice, or more than 200 levels.
    public init(_ json: Data, escaping: Escaping) throws {
        guard String(validating: json, as: UTF8.self) != nil else {
            throw Failure(description: "The body is not UTF-8.")
        }
        var reader = CanonicalReader(Array(json), escaping)
        text = try reader.document()
    }
}

private struct CanonicalReader {
    private let bytes: [UInt8]
    private let escaping: CanonicalJSON.Escaping
    private var index = 0

    init(_ bytes: [UInt8], _ escaping: CanonicalJSON.Escaping) {
        self.bytes = bytes
        self.escaping = escaping
    }

    mutating func document() throws -> String {
        let value = try value(depth: 0)
        skipSpace()
        guard index == bytes.count else { throw failure("has something after its end") }
        return value
    }

    private mutating func value(depth: Int) throws -> String {
        guard depth < 200 else { throw failure("is nested too deeply") }
        skipSpace()
        switch peek {
        case UInt8(ascii: "{"): return try object(depth)
        case UInt8(ascii: "["): return try array(depth)
        case UInt8(ascii: "\""): return quote(try string())
        default: return try scalar()
        }
    }

    private mutating func object(_ depth: Int) throws -> String {
        var members: [(name: String, value: String)] = []
        var names: Set<[UInt8]> = []
        try list(until: UInt8(ascii: "}")) { reader in
            reader.skipSpace()
            let name = try reader.string()
            guard names.insert(Array(name.utf8)).inserted else { throw reader.failure("has a member twice") }
            reader.skipSpace()
            try reader.expect(UInt8(ascii: ":"))
            members.append((name: name, value: try reader.value(depth: depth + 1)))
        }
        // By bytes: Swift's own order of texts is Unicode's.
        members.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        return "{" + members.map { "\(quote($0.name)):\($0.value)" }.joined(separator: ",") + "}"
    }

    private mutating func array(_ depth: Int) throws -> String {
        var values: [String] = []
        try list(until: UInt8(ascii: "]")) { values.append(try $0.value(depth: depth + 1)) }
        return "[" + values.joined(separator: ",") + "]"
    }

    private mutating func list(until end: UInt8, _ element: (inout Self) throws -> Void) throws {
        index += 1
        skipSpace()
        if peek == end {
            index += 1
            return
        }
        while true {
            try element(&self)
            skipSpace()
            if peek == end { break }
            try expect(UInt8(ascii: ","))
        }
        index += 1
    }

    /// A number, `true`, `false` or `null`: as it is written.
    private mutating func scalar() throws -> String {
        let start = index
        while let byte = peek, !" \t\r\n,]}".utf8.contains(byte) { index += 1 }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        let isWord = ["true", "false", "null"].contains(text)
        guard isWord || text.wholeMatch(of: /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+\-]?[0-9]+)?/) != nil else {
            throw failure("has a value that is none")
        }
        return text
    }

    /// Foundation decodes one string at a time; it knows every escape.
    private mutating func string() throws -> String {
        let start = index
        try expect(UInt8(ascii: "\""))
        while let byte = peek, byte != UInt8(ascii: "\"") { index += byte == UInt8(ascii: "\\") ? 2 : 1 }
        try expect(UInt8(ascii: "\""))
        guard index <= bytes.count,
            let text = try? JSONDecoder().decode(String.self, from: Data(bytes[start..<index]))
        else { throw failure("has a text that is none") }
        return text
    }

    private func quote(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            case "<", ">", "&", "\u{2028}", "\u{2029}":
                if escaping == .html { quoted += Self.escape(scalar) } else { quoted.unicodeScalars.append(scalar) }
            default:
                if scalar.value < 0x20 { quoted += Self.escape(scalar) } else { quoted.unicodeScalars.append(scalar) }
            }
        }
        return quoted + "\""
    }

    private static func escape(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }

    private var peek: UInt8? { index < bytes.count ? bytes[index] : nil }

    private mutating func skipSpace() {
        while let byte = peek, " \t\r\n".utf8.contains(byte) { index += 1 }
    }

    private mutating func expect(_ byte: UInt8) throws {
        guard peek == byte else { throw failure("is no JSON at byte \(index)") }
        index += 1
    }

    private func failure(_ what: String) -> CanonicalJSON.Failure {
        CanonicalJSON.Failure(description: "The body \(what).")
    }
}
