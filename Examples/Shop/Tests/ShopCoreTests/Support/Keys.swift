import CryptoExtras
import RevenueMonsterSigning

/// A key pair for a test run.
struct Keys {
    let signing: RSASigningKey
    let verifying: RSAVerifyingKey

    init() throws {
        let key = try _RSA.Signing.PrivateKey(keySize: .bits2048)
        signing = try RSASigningKey(pem: key.pemRepresentation)
        verifying = try RSAVerifyingKey(pem: key.publicKey.pemRepresentation)
    }

    /// One pair for all tests: making one takes long.
    static let shared = Result { try Keys() }
}
