import Crypto
import Foundation
import OAuthDialects

/// Seals records with AES-256-GCM (NIST SP 800-38D), with keys that can be replaced one by one.
///
/// The first key seals, and all of them open: a new key is put before the others, and an old one is dropped when every record has
/// been saved since. A sealed record is a byte for the format, the key's name (8 bytes), a random nonce (12), the ciphertext and
/// the tag (16); format, name and the session's key are authenticated. Random nonces are good for 2³² saves with one key.
public struct AESGCMCipher: TokenCipher {
    private static let format: UInt8 = 1
    private static let headerLength = 1 + SealingKey.nameLength

    private let keys: [SealingKey]

    /// Makes a cipher of keys of 32 bytes.
    ///
    /// - Parameter keys: the key that seals, and those that open what they sealed before.
    /// - Throws: `TokenError` if there is none, or one is not 32 random bytes in Base64.
    public init(keys: [Secret]) throws {
        guard !keys.isEmpty else {
            throw TokenError(.storeFailed, "There is no key to seal records with.", hint: Self.hint)
        }
        self.keys = try keys.enumerated().map { index, text in
            guard let key = SealingKey(base64: text) else {
                throw TokenError(
                    .storeFailed,
                    "Key \(index + 1) of \(keys.count) is not 32 bytes in Base64.",
                    hint: Self.hint
                )
            }
            return key
        }
    }

    /// Makes a cipher of the keys in a variable of the environment, apart by spaces, commas or line breaks.
    ///
    /// - Parameters:
    ///   - name: the variable's name.
    ///   - environment: where it stands.
    /// - Returns: the cipher.
    /// - Throws: `TokenError` if there is none, or one is not 32 random bytes in Base64.
    public static func environment(
        _ name: String = "OAUTH_TOKEN_KEYS",
        in environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws -> Self {
        let words = (environment[name] ?? "").split { $0.isWhitespace || $0 == "," }
        return try Self(keys: words.map { Secret(String($0)) })
    }

    public func seal(_ bytes: Data, for context: Data) throws -> Data {
        let header = Data([Self.format]) + keys[0].name
        let box = try AES.GCM.seal(bytes, using: keys[0].key, authenticating: header + context)
        return header + Data(box.nonce) + box.ciphertext + box.tag
    }

    public func open(_ bytes: Data, for context: Data) throws -> Data {
        guard bytes.first == Self.format, bytes.count > Self.headerLength,
            let box = try? AES.GCM.SealedBox(combined: bytes.dropFirst(Self.headerLength))
        else { throw Self.unreadable("It is no sealed record.") }
        let header = bytes.prefix(Self.headerLength)
        let name = header.dropFirst()
        guard let key = keys.first(where: { $0.name == name }) else {
            let shown = name.map { String(format: "%02x", $0) }.joined()
            throw Self.unreadable("It was sealed with key \(shown), which is not among the \(keys.count) in use.")
        }
        do { return try AES.GCM.open(box, using: key.key, authenticating: header + context) } catch {
            throw Self.unreadable("It was changed, or is another session's.")
        }
    }

    private static func unreadable(_ why: String) -> TokenError {
        TokenError(.unreadableRecord, "The stored record does not open. \(why)")
    }

    private static let hint = "Make one with: openssl rand -base64 32"
}

extension AESGCMCipher: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "AESGCMCipher(\(keys.count) keys)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
