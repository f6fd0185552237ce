internal import Foundation

#if canImport(CryptoKit)
internal import CryptoKit
#endif

/// SHA-256 (FIPS 180-4): CryptoKit's where there is one, else this package's own.
package enum SHA256Digest {
    /// The 32 bytes of a message's digest.
    package static func bytes(of message: [UInt8]) -> [UInt8] {
        #if canImport(CryptoKit)
        Array(SHA256.hash(data: message))
        #else
        portable(message)
        #endif
    }

    /// A text's digest as 64 hexadecimal digits.
    package static func hexadecimal(of text: String) -> String {
        bytes(of: Array(text.utf8)).map { byte in
            String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }.joined()
    }

    /// HMAC (RFC 2104) over SHA-256.
    package static func authenticate(_ message: [UInt8], with key: [UInt8]) -> [UInt8] {
        var block = key.count > 64 ? bytes(of: key) : key
        block += [UInt8](repeating: 0, count: 64 - block.count)
        return bytes(of: block.map { $0 ^ 0x5C } + bytes(of: block.map { $0 ^ 0x36 } + message))
    }

    /// The package's own, everywhere, so that its tests run where CryptoKit is used as well.
    package static func portable(_ message: [UInt8]) -> [UInt8] {
        let length = UInt64(message.count) * 8
        var padded = message + [0x80]
        padded += [UInt8](repeating: 0, count: (120 - padded.count % 64) % 64)
        padded += (0..<8).map { UInt8(truncatingIfNeeded: length >> (56 - 8 * $0)) }
        var state = SHA256Rounds.initial
        for start in stride(from: 0, to: padded.count, by: 64) {
            SHA256Rounds.compress(padded[start..<start + 64], into: &state)
        }
        return state.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (24 - 8 * $0)) } }
    }
}
