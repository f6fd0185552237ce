/// `application/x-www-form-urlencoded` as RFC 6749, appendix B, wants it: every byte but letters, digits and `-._*` is
/// percent-encoded, and a space becomes `+`.
package enum FormEncoding {
    /// Encodes one name or value.
    package static func encode(_ text: String) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            if ASCII.isAlphanumeric(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
                || byte == UInt8(ascii: "_")
                || byte == UInt8(ascii: "*")
            {
                bytes.append(byte)
            } else if byte == 0x20 {
                bytes.append(0x2B)
            } else {
                bytes.append(0x25)
                bytes.append(hexadecimal[Int(byte >> 4)])
                bytes.append(hexadecimal[Int(byte & 0x0F)])
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static let hexadecimal = Array("0123456789ABCDEF".utf8)
}
