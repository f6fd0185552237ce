import Crypto
import Foundation
import OAuthDialects

/// A key for AES-256-GCM, with the short name by which a sealed record says which key it needs.
struct SealingKey: Sendable {
    static let nameLength = 8

    let key: SymmetricKey

    /// The beginning of the key's SHA-256, which tells nothing of a random key.
    let name: Data

    init(_ key: SymmetricKey) {
        self.key = key
        name = Data(key.withUnsafeBytes { SHA256.hash(data: $0) }.prefix(Self.nameLength))
    }

    /// Reads 32 bytes in Base64; `nil` if they are not that.
    init?(base64 text: Secret) {
        guard let bytes = Data(base64Encoded: text.revealed), bytes.count == 32 else { return nil }
        self.init(SymmetricKey(data: bytes))
    }
}
