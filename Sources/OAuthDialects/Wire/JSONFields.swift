package import Foundation

/// The members of a JSON object, each left unread until it is asked for.
///
/// Foundation checks the text; this only splits it, so that a `1e400` or a deep value in a field that nobody reads does no
/// harm, and a field that is read is known to be there once (`JSONDecoder` keeps the first of two, `JSONSerialization` the last).
package struct JSONFields: Sendable {
    /// A value of which only the kind is known.
    package enum Value: Sendable {
        case text(String)
        /// A number, and as it was written: a `Double` has 53 bits.
        case number(Double, text: String)
        case object(JSONFields)
        case list([Value])
        case flag(Bool)
        case null

        /// A text, a number, or a flag as a text.
        var scalar: String? {
            switch self {
            case .text(let text): text
            case .number(_, let text): text
            case .flag(let flag): "\(flag)"
            case .object, .list, .null: nil
            }
        }
    }

    /// Foundation takes 512; where a text ends in the bracket after that, it crashes (seen in Swift 6.3.1).
    private static let deepest = 500

    private struct Member {
        /// With its quotes.
        let name: Range<Int>
        let value: Range<Int>
        /// The same for all spellings of the name: names whose hashes differ need no comparison.
        let hash: UInt64
    }

    private let bytes: ArraySlice<UInt8>
    private let members: [Member]

    /// Reads an object; `nil` if the bytes are not one JSON object in UTF-8.
    package init?(_ bytes: Data) {
        var text = Array(bytes)
        if text.starts(with: [0xEF, 0xBB, 0xBF]) { text.removeFirst(3) }
        guard Self.isText(text), JSONSplitter.nesting(of: text, isAtMost: Self.deepest),
            (try? Self.decoder.decode(Unread.self, from: bytes)) != nil
        else { return nil }
        // Only here: a hostile answer may hold a million objects.
        self.init(checked: text[...], reserving: 8)
    }

    /// Reads a form as an object of texts; `nil` if a name or a value can't be decoded, or if there is none.
    init?(form bytes: Data) {
        guard let text = String(validating: bytes, as: UTF8.self), let query = try? QueryFields.pairs(in: text),
            !query.isEmpty
        else { return nil }
        let members = query.map { "\(JSONText.quote($0.name)):\(JSONText.quote($0.value))" }
        self.init(checked: Array("{\(members.joined(separator: ","))}".utf8)[...])
    }

    private init?(checked text: ArraySlice<UInt8>, reserving count: Int = 0) {
        var splitter = JSONSplitter(text)
        let members = splitter.members(reserving: count) { name, value in
            Member(name: name, value: value, hash: Self.hash(Self.name(text[name])))
        }
        guard let members else { return nil }
        (bytes, self.members) = (text, members)
    }

    private func name(_ member: Member) -> ArraySlice<UInt8> { Self.name(bytes[member.name]) }

    /// A name that can't be decoded stays as it came, and is that of no field.
    private static func name(_ quoted: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        if quoted.has(UInt8(ascii: "\\")), let name = string(quoted) { return Array(name.utf8)[...] }
        return quoted.dropFirst().dropLast()
    }

    /// Whether the bytes are UTF-8 without a zero.
    private static func isText(_ bytes: [UInt8]) -> Bool {
        !bytes[...].has(0) && String(validating: bytes, as: UTF8.self) != nil
    }

    /// The values of a JSON list; `nil` if the bytes are not one.
    static func list(in bytes: Data) -> [Value]? {
        guard let first = bytes.first(where: { !" \t\r\n".utf8.contains($0) }), first == UInt8(ascii: "[") else {
            return nil
        }
        // A member of an object is read with every check of this type.
        guard case .list(let values) = try? JSONFields(Data("{\"list\":".utf8) + bytes + Data("}".utf8))?.value("list")
        else { return nil }
        return values
    }

    /// The names as they came.
    package var names: [String] {
        members.map { String(decoding: name($0), as: UTF8.self) }
    }

    /// The value of a field whose name is spelled in snake or camel case; `nil` if it is missing or null.
    ///
    /// - Throws: ``TokenError`` with the code ``TokenError/Code/unreadableAnswer`` if the field is there twice.
    package func value(_ name: String) throws -> Value? {
        var (count, found) = (0, 0)
        unsafe name.withBytes { name in
            let hash = unsafe Self.hash(name)
            for index in members.indices where members[index].hash == hash {
                guard unsafe Self.isSame(self.name(members[index]), name) else { continue }
                (count, found) = (count + 1, index)
            }
        }
        guard count < 2 else {
            throw TokenError(.unreadableAnswer, "The answer has the field \(ProviderText.clean(name)) \(count) times.")
        }
        return count == 0 ? nil : Self.value(of: bytes[members[found].value])
    }

    /// The first value at a path such as `data.token` or `errors[].code`, where `[]` stands for each element of a list.
    ///
    /// - Throws: ``TokenError`` with the code ``TokenError/Code/unreadableAnswer`` if a field of the path is there twice.
    func value(at path: String) throws -> Value? {
        var values = [Value.object(self)]
        for part in path.split(separator: ".") {
            let isList = part.hasSuffix("[]")
            let name = isList ? String(part.dropLast(2)) : String(part)
            values = try values.compactMap {
                guard case .object(let fields) = $0 else { return nil }
                return try fields.value(name)
            }
            guard isList else { continue }
            values = values.flatMap { value -> [Value] in if case .list(let elements) = value { elements } else { [] } }
        }
        return values.first
    }

    /// The members that a path leads through: paths with the same ones lead to one value, however they are spelled.
    static func members(of path: String) -> [String] {
        path.split(separator: ".").map { part in
            ASCII.lowercase(part.hasSuffix("[]") ? part.dropLast(2) : part).filter { $0 != "_" }
        }
    }

    /// The text of a field; `nil` if it is missing, null or no text.
    func text(_ name: String) throws -> String? {
        if case .text(let text) = try value(name) { text } else { nil }
    }

    /// Whether there is a field of that name, in either spelling, that is not null.
    func has(_ name: String) -> Bool {
        let hash = Self.hash(name.utf8)
        return members.contains {
            $0.hash == hash && Self.isSame(self.name($0), name.utf8) && !bytes[$0.value].elementsEqual("null".utf8)
        }
    }

    private static func number(_ text: String) -> Value? { Double(text).map { .number($0, text: text) } }

    private static func value(of bytes: ArraySlice<UInt8>) -> Value? {
        switch bytes.first {
        case UInt8(ascii: "\""): string(bytes).map(Value.text)
        case UInt8(ascii: "{"): JSONFields(checked: bytes).map(Value.object)
        case UInt8(ascii: "["): JSONSplitter.elements(of: bytes).map { .list($0.compactMap(element)) }
        case UInt8(ascii: "t"): .flag(true)
        case UInt8(ascii: "f"): .flag(false)
        case UInt8(ascii: "n"), nil: nil
        default: number(String(decoding: bytes, as: UTF8.self))
        }
    }

    /// A list in a list stays unread: nobody asks for it, and reading every level would take time by their product.
    private static func element(of bytes: ArraySlice<UInt8>) -> Value? {
        bytes.first == UInt8(ascii: "[") ? .list([]) : value(of: bytes)
    }

    private static func string(_ quoted: ArraySlice<UInt8>) -> String? {
        if !quoted.has(UInt8(ascii: "\\")) {
            return String(decoding: quoted.dropFirst().dropLast(), as: UTF8.self)
        }
        return try? decoder.decode(String.self, from: Data(quoted))
    }

    private static let decoder = JSONDecoder()

    /// Decodes as anything, so that the decoder does no more than check the syntax.
    private struct Unread: Decodable {
        init(from decoder: any Decoder) {}
    }
}
