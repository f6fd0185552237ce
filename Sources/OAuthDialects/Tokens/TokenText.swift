/// What the text of a token may contain: 1 byte to 16 KiB of visible ASCII (RFC 6750, section 2.1, and the sizes seen).
enum TokenText {
    static let maximumBytes = 16 * 1024

    static func check(
        _ secret: Secret,
        named name: String,
        as code: TokenError.Code = .unreadableAnswer
    ) throws {
        let bytes = Array(secret.revealed.utf8)
        guard !bytes.isEmpty else {
            throw TokenError(code, "The \(name) is empty.")
        }
        guard bytes.count <= maximumBytes else {
            throw TokenError(
                code,
                "The \(name) has \(bytes.count) bytes; the maximum is \(maximumBytes)."
            )
        }
        // Without a way out of the loop, so that many bytes are looked at at once.
        guard bytes.reduce(UInt8(0), { $0 | ($1 &- 0x21 > 0x7E - 0x21 ? 1 : 0) }) == 0 else {
            throw TokenError(
                code,
                "The \(name) contains spaces, control characters, or other bytes outside visible ASCII."
            )
        }
    }
}
