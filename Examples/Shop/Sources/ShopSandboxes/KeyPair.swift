import CryptoExtras

/// A new RSA key pair of 2048 bits, as PEM.
struct KeyPair: Sendable {
    let privateKey: String
    let publicKey: String

    init() throws {
        let key = try _RSA.Signing.PrivateKey(keySize: .bits2048)
        privateKey = key.pemRepresentation
        publicKey = key.publicKey.pemRepresentation
    }
}
