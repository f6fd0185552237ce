import Crypto
import EncryptedStore
import Foundation
import OAuthDialects
import Testing

struct CipherTests {
    private let plain = Data("the record".utf8)
    private let context = Data("account=ann".utf8)

    @Test func `What was sealed opens again, and no two seals are alike`() throws {
        let cipher = try AESGCMCipher(keys: [.first])
        let sealed = try cipher.seal(plain, for: context)
        #expect(try cipher.open(sealed, for: context) == plain)
        #expect(try cipher.seal(plain, for: context) != sealed)
        #expect(sealed.range(of: plain) == nil)
        #expect(sealed.count == plain.count + 1 + 8 + 12 + 16)
        #expect(try cipher.open(cipher.seal(Data(), for: context), for: context) == Data())
    }

    @Test func `The bytes stand where the documentation says`() throws {
        let sealed = try AESGCMCipher(keys: [.first]).seal(plain, for: context)
        let key = SymmetricKey(data: Data(base64Encoded: Secret.first.revealed)!)
        #expect(sealed[1..<9] == Data(SHA256.hash(data: Data(base64Encoded: Secret.first.revealed)!).prefix(8)))
        let box = try AES.GCM.SealedBox(
            nonce: AES.GCM.Nonce(data: sealed[9..<21]),
            ciphertext: sealed[21..<sealed.count - 16],
            tag: sealed.suffix(16)
        )
        #expect(try AES.GCM.open(box, using: key, authenticating: sealed.prefix(9) + context) == plain)
    }

    @Test func `No bit of it can be changed, and nothing cut off or added`() throws {
        let cipher = try AESGCMCipher(keys: [.first, .second])
        let sealed = try cipher.seal(plain, for: context)
        for index in sealed.indices {
            for bit in 0..<8 {
                var changed = sealed
                changed[index] ^= 1 << UInt8(bit)
                #expect(throws: TokenError.self) { try cipher.open(changed, for: context) }
            }
        }
        for count in 0..<sealed.count {
            #expect(throws: TokenError.self) { try cipher.open(sealed.prefix(count), for: context) }
        }
        #expect(throws: TokenError.self) { try cipher.open(sealed + [0], for: context) }
    }

    @Test func `A record of one session is none of another's`() throws {
        let cipher = try AESGCMCipher(keys: [.first])
        let sealed = try cipher.seal(plain, for: context)
        let error = #expect(throws: TokenError.self) { try cipher.open(sealed, for: Data("account=bob".utf8)) }
        #expect(error?.isUnreadableRecord == true)
    }

    @Test func `The first key seals, all open, and one that was dropped is named`() throws {
        let old = try AESGCMCipher(keys: [.first])
        let both = try AESGCMCipher(keys: [.second, .first])
        let new = try AESGCMCipher(keys: [.second])
        let sealed = try old.seal(plain, for: context)
        #expect(try both.open(sealed, for: context) == plain)
        #expect(try new.open(both.seal(plain, for: context), for: context) == plain)
        let error = #expect(throws: TokenError.self) { try new.open(sealed, for: context) }
        #expect(error?.isUnreadableRecord == true)
        let name = sealed[1..<9].map { String(format: "%02x", $0) }.joined()
        #expect(error?.message.contains("key \(name), which is not among the 1 in use") == true)
    }

    @Test(arguments: ["", "short", "c2hvcnQ=", String(repeating: "A", count: 43), "not base64 at all"])
    func `Keys that are none are refused, and not shown`(_ text: String) throws {
        let error = #expect(throws: TokenError.self) { try AESGCMCipher(keys: [.first, Secret(text)]) }
        #expect(error?.message == "Key 2 of 2 is not 32 bytes in Base64.")
        #expect(throws: TokenError.self) { try AESGCMCipher(keys: []) }
    }

    @Test func `Keys come from the environment, and are never printed`() throws {
        let text = "\(Secret.first.revealed), \(Secret.second.revealed)\n"
        let cipher = try AESGCMCipher.environment(in: ["OAUTH_TOKEN_KEYS": text])
        let old = try AESGCMCipher(keys: [.second])
        #expect(try cipher.open(old.seal(plain, for: context), for: context) == plain)
        #expect(throws: TokenError.self) { try AESGCMCipher.environment(in: [:]) }
        var dumped = ""
        dump(cipher, to: &dumped)
        for printed in ["\(cipher)", String(reflecting: cipher), dumped] {
            #expect(printed.contains("2 keys"))
            #expect(!printed.contains(Secret.first.revealed))
        }
    }
}

extension Secret {
    static let first = Secret(Data((0..<32).map { UInt8($0) }).base64EncodedString())
    static let second = Secret(Data((32..<64).map { UInt8($0) }).base64EncodedString())
}
