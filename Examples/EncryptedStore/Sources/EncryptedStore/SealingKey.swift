import Crypto
import Foundation
import OAuthDialects

/// A key for AES-256-GCM, with the short name that an encrypted record has of it.
struct SealingKey: Sendable {
    static let nameLength = 8

    let key: SymmetricKey

    /// The first bytes of the key's SHA-256, which reveal nothing about a random key.
    let name: Data

    init(_ key: SymmetricKey) {
        self.key = key
        name = Data(key.withUnsafeBytes { SHA256.hash(data: $0) }.prefix(Self.nameLength))
    }

    /// Reads a key of 32 bytes in Base64; `nil` if the text is anything else.
    init?(base64 text: Secret) {
        guard let bytes = Data(base64Encoded: text.revealed), bytes.count == 32 else { return nil }
        self.init(SymmetricKey(data: bytes))
    }
}
