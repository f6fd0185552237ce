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
    /// - Returns: `false` if the head is longer than 256 KiB or is no HTTP.
    package mutating func read(_ line: some Collection<UInt8>) -> Bool {
        if isComplete { return true }
        size += line.count
        guard size <= 256 * 1024 else { return false }
        var text = Substring(decoding: line, as: UTF8.self)
        while let last = text.unicodeScalars.last, last == "\r" || last == "\n" { text.unicodeScalars.removeLast() }
        if text.isEmpty {
            isComplete = status >= 200
            return true
        }
        if text.hasPrefix("HTTP/") { return begin(text) }
        readField(text)
        return true
    }

    private mutating func begin(_ line: Substring) -> Bool {
        let parts = line.split(separator: " ", maxSplits: 2)
        guard parts.count >= 2, parts[1].utf8.count == 3, let status = Int(parts[1]), status >= 100 else {
            return false
        }
        (self.status, headers, canFold) = (status, WireHeaders(), false)
        return true
    }

    /// A line without a colon is ignored; one that begins with a space continues the field before (RFC 9112, section 5.2).
    private mutating func readField(_ line: Substring) {
        if let first = line.utf8.first, first == 0x20 || first == 0x09 {
            if canFold { headers.continueLast(with: Self.trimmed(line)) }
            return
        }
        let colon = line.utf8.firstIndex(of: UInt8(ascii: ":"))
        canFold = colon != nil
        guard let colon else { return }
        headers.append(Self.trimmed(line[..<colon]), Self.trimmed(line[line.utf8.index(after: colon)...]))
    }

    private static func trimmed(_ text: Substring) -> String {
        func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
        let start = text.utf8.drop(while: isSpace)
        let end = start.reversed().drop(while: isSpace)
        return String(text[start.startIndex..<end.startIndex.base])
    }
}
