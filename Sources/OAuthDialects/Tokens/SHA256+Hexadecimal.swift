extension SHA256Digest {
    /// A text's digest as 64 hexadecimal digits.
    package static func hexadecimal(of text: String) -> String {
        hexadecimal(of(text.utf8))
    }

    /// A digest as two hexadecimal digits for each byte.
    package static func hexadecimal(_ digest: [UInt8]) -> String {
        digest.map { byte in String(byte >> 4, radix: 16) + String(byte & 15, radix: 16) }.joined()
    }
}
