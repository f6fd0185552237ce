/// Status and header fields of a response, from the lines of its head as they arrive.
///
/// Interim responses (1xx) are skipped; so are trailers, which are no headers (RFC 9110, section 6.5).
package struct ResponseHead: Sendable {
    package private(set) var status = 0
    package private(set) var headers = WireHeaders()
    /// Whether the empty line after the final response's header fields has arrived.
    package private(set) var isComplete = false
    private var size = 0
    /// Whether the line before was a field, which a folded line continues.
    private var canFold = false

    package init() {}

    /// Reads one line with its line end.
    ///
    /// It compares bytes: text costs as much as the rest of a request.
    ///
    /// - Returns: `false` if the head is longer than 256 KiB or is no HTTP.
    package mutating func read<Line: BidirectionalCollection<UInt8>>(_ line: Line) -> Bool {
        if isComplete { return true }
        size += line.count
        guard size <= 256 * 1024 else { return false }
        var bytes = line[...]
        while let last = bytes.last, last == 0x0D || last == 0x0A { bytes.removeLast() }
        guard let first = bytes.first else {
            isComplete = status >= 200
            return true
        }
        if first == UInt8(ascii: "H"), bytes.starts(with: "HTTP/".utf8) { return begin(bytes) }
        readField(bytes, isFolded: Self.isSpace(first))
        return true
    }

    private mutating func begin(_ line: some Collection<UInt8>) -> Bool {
        let digits = line.drop { $0 != 0x20 }.drop { $0 == 0x20 }.prefix { $0 != 0x20 }
        guard digits.count == 3, digits.allSatisfy(ASCII.isDigit) else { return false }
        let status = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        guard status >= 100 else { return false }
        (self.status, headers, canFold) = (status, WireHeaders(capacity: 16), false)
        return true
    }

    /// A line without a colon is ignored; one that begins with a space continues the field before (RFC 9112, section 5.2).
    private mutating func readField(_ line: some BidirectionalCollection<UInt8>, isFolded: Bool) {
        if isFolded {
            if canFold { headers.continueLast(with: Self.text(line)) }
            return
        }
        let colon = line.firstIndex(of: UInt8(ascii: ":"))
        canFold = colon != nil
        guard let colon else { return }
        headers.append(Self.text(line[..<colon]), Self.text(line[line.index(after: colon)...]))
    }

    /// Without the spaces around it.
    private static func text(_ bytes: some BidirectionalCollection<UInt8>) -> String {
        var bytes = bytes.drop(while: isSpace)
        while let last = bytes.last, isSpace(last) { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
}
