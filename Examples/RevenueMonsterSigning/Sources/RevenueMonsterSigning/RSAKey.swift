import CryptoExtras
import Foundation

/// The private half of an RSA key pair, by which a merchant signs: PKCS#1 v1.5 with SHA-256.
public struct RSASigningKey: Sendable {
    private let key: _RSA.Signing.PrivateKey

    /// Reads a PEM text, PKCS#1 (`RSA PRIVATE KEY`) or PKCS#8 (`PRIVATE KEY`), of at least 2048 bits.
    public init(pem: String) throws {
        key = try _RSA.Signing.PrivateKey(pemRepresentation: pem)
    }

    /// The signature of a text, in Base64.
    public func signature(of text: String) throws -> String {
        try key.signature(for: Data(text.utf8), padding: .insecurePKCS1v1_5).rawRepresentation.base64EncodedString()
    }
}

/// The public half, by which a provider's signatures are verified.
public struct RSAVerifyingKey: Sendable {
    private let key: _RSA.Signing.PublicKey

    /// Reads a PEM text of at least 2048 bits.
    public init(pem: String) throws {
        key = try _RSA.Signing.PublicKey(pemRepresentation: pem)
    }

    /// Whether a signature in Base64 is that of a text.
    public func isValid(_ signature: String, of text: String) -> Bool {
        guard let bytes = Data(base64Encoded: signature) else { return false }
        return key.isValidSignature(.init(rawRepresentation: bytes), for: Data(text.utf8), padding: .insecurePKCS1v1_5)
    }
}
