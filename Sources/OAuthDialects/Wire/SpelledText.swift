/// Bytes, each with the place of the text that it was read from: the text itself, or what comes out if its spellings are undone.
struct SpelledText {
    private(set) var bytes: [UInt8] = []
    private var places: [Range<Int32>] = []

    mutating func append(_ text: [UInt8], from start: Int) {
        bytes += text
        places += text.indices.map { Int32(start + $0)..<Int32(start + $0 + 1) }
    }

    /// Marks the place of a byte, and what stands between it and the next.
    func mark(_ marks: inout SecretMarks, from index: Int, to next: Int?) {
        let place = places[index]
        let end = next.map { places[$0].lowerBound } ?? place.upperBound
        marks.mark(Int(place.lowerBound)..<Int(max(end, place.upperBound)))
    }

    mutating func append(_ byte: UInt8, of text: SpelledText, _ range: Range<Int>) {
        bytes.append(byte)
        places.append(text.place(of: range))
    }

    /// Bytes that wrap around from the last text to the first have no place in common.
    private func place(of range: Range<Int>) -> Range<Int32> {
        let (first, last) = (places[range.lowerBound], places[range.upperBound - 1])
        return first.lowerBound < last.upperBound ? first.lowerBound..<last.upperBound : first
    }
}

// MARK: Escapes

extension SpelledText {
    /// The text with percent-encoding, HTML entities, and the escapes of JSON undone once; `nil` if it has none.
    var unescaped: SpelledText? {
        guard bytes.contains(where: { $0 == 0x25 || $0 == 0x26 || $0 == 0x5C }) else { return nil }
        var plain = SpelledText()
        var index = 0
        while index < bytes.count {
            let (value, length) = escape(at: index) ?? ([bytes[index]], 1)
            for byte in value { plain.append(byte, of: self, index..<(index + length)) }
            index += length
        }
        return plain.bytes.count < bytes.count ? plain : nil
    }

    private func escape(at index: Int) -> (bytes: [UInt8], length: Int)? {
        switch bytes[index] {
        case UInt8(ascii: "%"): number(at: index + 1, digits: 2...2).map { ([UInt8($0.value)], 3) }
        case UInt8(ascii: "\\"): backslash(at: index)
        case UInt8(ascii: "&"): entity(at: index)
        default: nil
        }
    }

    private func backslash(at index: Int) -> (bytes: [UInt8], length: Int)? {
        guard index + 1 < bytes.count else { return nil }
        switch bytes[index + 1] {
        case UInt8(ascii: "u"): return utf16(at: index)
        case UInt8(ascii: "x"): return number(at: index + 2, digits: 2...2).map { ([UInt8($0.value)], 4) }
        case UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"): return ([0x20], 2)
        case let byte where "\"\\/'".utf8.contains(byte): return ([byte], 2)
        default: return nil
        }
    }

    /// `\u003c`, or a pair of surrogates.
    private func utf16(at index: Int) -> (bytes: [UInt8], length: Int)? {
        guard let high = number(at: index + 2, digits: 4...4)?.value else { return nil }
        if let scalar = Unicode.Scalar(high) { return (Array(String(scalar).utf8), 6) }
        guard index + 8 < bytes.count, bytes[index + 6] == UInt8(ascii: "\\"), bytes[index + 7] == UInt8(ascii: "u"),
            let low = number(at: index + 8, digits: 4...4)?.value, (0xD800..<0xDC00).contains(high),
            (0xDC00..<0xE000).contains(low),
            let scalar = Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
        else { return nil }
        return (Array(String(scalar).utf8), 12)
    }

    private static let entities: [(name: [UInt8], value: UInt8)] = named([
        ("amp", "&"), ("lt", "<"), ("gt", ">"), ("quot", "\""), ("apos", "'"), ("sol", "/"), ("plus", "+"),
        ("equals", "="), ("percnt", "%"), ("bsol", "\\"), ("num", "#"), ("colon", ":"), ("commat", "@"),
    ])

    private static func named(_ entities: [(String, Unicode.Scalar)]) -> [(name: [UInt8], value: UInt8)] {
        entities.map { (name: Array($0.0.utf8), value: UInt8(ascii: $0.1)) }
    }

    private func entity(at index: Int) -> (bytes: [UInt8], length: Int)? {
        let rest = bytes[(index + 1)...]
        guard rest.first == UInt8(ascii: "#") else {
            for (name, value) in Self.entities
            where rest.starts(with: name) && bytes.indices.contains(index + 1 + name.count)
                && bytes[index + 1 + name.count] == UInt8(ascii: ";")
            {
                return ([value], name.count + 2)
            }
            return nil
        }
        let isHexadecimal = rest.dropFirst().first.map { $0 | 0x20 } == UInt8(ascii: "x")
        let start = index + (isHexadecimal ? 3 : 2)
        guard let (value, count) = number(at: start, digits: 1...7, radix: isHexadecimal ? 16 : 10),
            let scalar = Unicode.Scalar(value)
        else { return nil }
        let end = start + count
        let hasEnd = end < bytes.count && bytes[end] == UInt8(ascii: ";")
        return (Array(String(scalar).utf8), end - index + (hasEnd ? 1 : 0))
    }

    private func number(at start: Int, digits: ClosedRange<Int>, radix: UInt32 = 16) -> (value: UInt32, count: Int)? {
        var (value, count): (UInt32, Int) = (0, 0)
        while count < digits.upperBound, start + count < bytes.count,
            let digit = Self.digit(bytes[start + count]), digit < radix
        {
            value = value * radix + digit
            count += 1
        }
        return digits.contains(count) ? (value, count) : nil
    }

    static func digit(_ byte: UInt8) -> UInt32? {
        switch byte {
        case 0x30...0x39: UInt32(byte - 0x30)
        case 0x41...0x46, 0x61...0x66: UInt32((byte | 0x20) - 0x57)
        default: nil
        }
    }
}
