import OAuthDialects
import Testing

struct SHA256Tests {
    private func hexadecimal(_ digest: [UInt8]) -> String {
        digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// FIPS 180-4's examples and the short messages of NIST's CAVP files.
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
        (
            "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
            "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
        ),
    ])
    func `A digest is the standard's`(_ message: String, _ digest: String) {
        #expect(hexadecimal(SHA256Digest.of(message.utf8)) == digest)
        #expect(hexadecimal(SHA256Digest.portable(Array(message.utf8))) == digest)
    }

    @Test func `A million letters have the standard's digest`() {
        let digest = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
        #expect(hexadecimal(SHA256Digest.portable([UInt8](repeating: 0x61, count: 1_000_000))) == digest)
    }

    @Test(arguments: [
        (55, "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318"),
        (56, "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a"),
        (64, "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"),
    ])
    func `A message that just fits a block, or just does not, is padded right`(_ count: Int, _ digest: String) {
        #expect(hexadecimal(SHA256Digest.portable([UInt8](repeating: 0x61, count: count))) == digest)
    }

    @Test func `A challenge is that of RFC 7636, appendix B`() {
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
        let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
        #expect(Base64URL.encode(SHA256Digest.of(verifier.utf8)) == challenge)
    }

    @Test func `A text's digest has 64 digits`() {
        let digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        #expect(SHA256Digest.hexadecimal(of: "abc") == digest)
    }
}
