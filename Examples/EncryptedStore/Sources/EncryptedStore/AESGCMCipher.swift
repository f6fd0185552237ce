import Crypto
import Foundation
import OAuthDialects

/// Encrypts records with AES-256-GCM (NIST SP 800-38D), and supports key rotation.
///
/// The first key encrypts, and all keys decrypt: put a new key before the others, and remove an old one when every record has been
/// saved since. An encrypted record is a format byte, the key's name (8 bytes), a random nonce (12), the ciphertext, and the tag
/// (16). Format, name, and session key are authenticated. Random nonces are safe for 2³² saves with one key.
public struct AESGCMCipher: TokenCipher {
    private static let format: UInt8 = 1
    private static let headerLength = 1 + SealingKey.nameLength

    private let keys: [SealingKey]

    /// Creates a cipher with keys of 32 bytes.
    ///
    /// - Parameter keys: the key that encrypts, followed by older keys that only decrypt.
    /// - Throws: `TokenError` if there is no key, or if one is not 32 bytes in Base64.
    public init(keys: [Secret]) throws {
        guard !keys.isEmpty else {
            throw TokenError(.storeFailed, "There is no key to encrypt records with.", hint: Self.hint)
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

    /// Creates a cipher with the keys in an environment variable, separated by spaces, commas, or line breaks.
    ///
    /// - Parameters:
    ///   - name: the variable's name.
    ///   - environment: the environment.
    /// - Returns: the cipher.
    /// - Throws: `TokenError` if there is no key, or if one is not 32 bytes in Base64.
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
        else { throw Self.unreadable("It is not an encrypted record.") }
        let header = bytes.prefix(Self.headerLength)
        let name = header.dropFirst()
        guard let key = keys.first(where: { $0.name == name }) else {
            let shown = name.map { String(format: "%02x", $0) }.joined()
            throw Self.unreadable("It needs key \(shown), which is not among the \(keys.count) in use.")
        }
        do { return try AES.GCM.open(box, using: key.key, authenticating: header + context) } catch {
            throw Self.unreadable("It was changed, or belongs to another session.")
        }
    }

    private static func unreadable(_ why: String) -> TokenError {
        .unreadableRecord("The stored token record can't be decrypted. \(why)")
    }

    private static let hint = "Make one with: openssl rand -base64 32"
}

extension AESGCMCipher: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "AESGCMCipher(\(keys.count) keys)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
