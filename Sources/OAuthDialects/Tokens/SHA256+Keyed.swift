extension SHA256Digest {
    /// A text's digest as 64 hexadecimal digits.
    package static func hexadecimal(of text: String) -> String {
        hexadecimal(of(text.utf8))
    }

    /// A digest as two hexadecimal digits for each byte.
    package static func hexadecimal(_ digest: [UInt8]) -> String {
        digest.map { byte in String(byte >> 4, radix: 16) + String(byte & 15, radix: 16) }.joined()
    }

    /// HMAC (RFC 2104) over SHA-256.
    package static func authenticate(_ message: [UInt8], with key: [UInt8]) -> [UInt8] {
        var block = key.count > 64 ? of(key) : key
        block += [UInt8](repeating: 0, count: 64 - block.count)
        return of(block.map { $0 ^ 0x5C } + of(block.map { $0 ^ 0x36 } + message))
    }
}
