import Foundation
import OAuthDialects
import Testing

@Suite struct SHA256Tests {
    /// NIST, Cryptographic Standards and Guidelines: Examples, SHA-256; and the empty message of the CAVP set.
    @Test(arguments: [
        ("", 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
        (
            "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
            1, "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
        ),
        ("a", 1_000_000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
    ])
    func `A digest is as NIST has it`(_ text: String, _ count: Int, _ digest: String) {
        let message = Array(String(repeating: text, count: count).utf8)
        #expect(hexadecimal(SHA256Digest.portable(message)) == digest)
        #expect(hexadecimal(SHA256Digest.bytes(of: message)) == digest)
    }

    @Test func `A message of any length around a block is padded rightly`() throws {
        // Each digest of 0 to 130 bytes goes into the next; the end was computed by another implementation.
        var all: [UInt8] = []
        for count in 0...130 { all += SHA256Digest.portable([UInt8](repeating: UInt8(count), count: count)) }
        #expect(
            hexadecimal(SHA256Digest.portable(all))
                == "fca3495a3fbc30990f59b06285f40a03acec6c606df73c6d666a554854cd1573"
        )
    }

    /// RFC 4231, test cases 1, 2, 3 and 6.
    @Test(arguments: [
        (
            [UInt8](repeating: 0x0B, count: 20), Array("Hi There".utf8),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        ),
        (
            Array("Jefe".utf8), Array("what do ya want for nothing?".utf8),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        ),
        (
            [UInt8](repeating: 0xAA, count: 20), [UInt8](repeating: 0xDD, count: 50),
            "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
        ),
        (
            [UInt8](repeating: 0xAA, count: 131),
            Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        ),
    ])
    func `A keyed digest is as RFC 4231 has it`(_ key: [UInt8], _ message: [UInt8], _ digest: String) {
        #expect(hexadecimal(SHA256Digest.authenticate(message, with: key)) == digest)
    }

    private func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
