/// Finds where the parts of a JSON object or array begin and end; the text is known to be well-formed.
struct JSONSplitter {
    /// Bytes of an array: reading them from `Data` one by one takes ten times as long.
    typealias Part = ArraySlice<UInt8>

    private let bytes: Part
    private var position: Int

    init(_ bytes: Part) {
        self.bytes = bytes
        position = bytes.startIndex
    }

    /// What is made of the names (with quotes) and the values of an object; `nil` if it is not one.
    mutating func members<Member>(
        reserving count: Int = 0,
        _ make: (_ name: Range<Int>, _ value: Range<Int>) -> Member
    ) -> [Member]? {
        guard open(UInt8(ascii: "{")) else { return nil }
        var members: [Member] = []
        members.reserveCapacity(count)
        while let byte = next(), byte == UInt8(ascii: "\"") {
            let name = part()
            guard next() == UInt8(ascii: ":") else { return nil }
            position += 1
            guard next() != nil else { return nil }
            members.append(make(name, part()))
            if next() == UInt8(ascii: ",") { position += 1 }
        }
        return members
    }

    /// The values of an array; `nil` if it is not one.
    static func elements(of bytes: Part) -> [Part]? {
        var splitter = Self(bytes)
        guard splitter.open(UInt8(ascii: "[")) else { return nil }
        var elements: [Part] = []
        while let byte = splitter.next(), byte != UInt8(ascii: "]") {
            elements.append(bytes[splitter.part()])
            if splitter.next() == UInt8(ascii: ",") { splitter.position += 1 }
        }
        return elements
    }

    /// Whether no more brackets are open at once; the text may be anything.
    static func nesting(of bytes: [UInt8], isAtMost limit: Int) -> Bool {
        // Most texts have fewer brackets in all.
        let half = limit / 2
        let areFew = bytes[...].has(UInt8(ascii: "{"), atMost: half) && bytes[...].has(UInt8(ascii: "["), atMost: half)
        return areFew || nesting(of: bytes) <= limit
    }

    private static func nesting(of bytes: [UInt8]) -> Int {
        var (depth, deepest) = (0, 0)
        var (isInString, isEscaped) = (false, false)
        for byte in bytes {
            switch byte {
            case _ where isEscaped: isEscaped = false
            case UInt8(ascii: "\\") where isInString: isEscaped = true
            case UInt8(ascii: "\""): isInString.toggle()
            case _ where isInString: break
            case UInt8(ascii: "{"), UInt8(ascii: "["): (depth, deepest) = (depth + 1, max(deepest, depth + 1))
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            default: break
            }
        }
        return deepest
    }

    private mutating func open(_ bracket: UInt8) -> Bool {
        guard next() == bracket else { return false }
        position += 1
        return true
    }

    /// The next byte that isn't white space.
    private mutating func next() -> UInt8? {
        while position < bytes.endIndex, Self.isSpace(bytes[position]) { position += 1 }
        return position < bytes.endIndex ? bytes[position] : nil
    }

    /// The value or name that begins here, up to where it ends.
    private mutating func part() -> Range<Int> {
        let start = position
        var depth = 0
        repeat {
            switch bytes[position] {
            case UInt8(ascii: "\""): skipString()
            case UInt8(ascii: "{"), UInt8(ascii: "["): (depth, position) = (depth + 1, position + 1)
            case UInt8(ascii: "}"), UInt8(ascii: "]"): (depth, position) = (depth - 1, position + 1)
            default: skipScalar()
            }
        } while depth > 0 && position < bytes.endIndex
        return start..<position
    }

    private mutating func skipString() {
        var index = position + 1
        while let quote = bytes.index(of: UInt8(ascii: "\""), from: index) {
            index = quote + 1
            // A quote after an odd number of backslashes belongs to the string.
            let backslashes = bytes[(position + 1)..<quote].reversed().prefix { $0 == UInt8(ascii: "\\") }.count
            guard !backslashes.isMultiple(of: 2) else {
                position = index
                return
            }
        }
        position = bytes.endIndex
    }

    /// Numbers, literals, and the white space, commas and colons between the parts of a nested value.
    private mutating func skipScalar() {
        repeat { position += 1 } while position < bytes.endIndex && !Self.isEnd(bytes[position])
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
    }

    private static func isEnd(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "["), UInt8(ascii: "]"),
            UInt8(ascii: ","), UInt8(ascii: ":"):
            true
        default:
            isSpace(byte)
        }
    }
}
