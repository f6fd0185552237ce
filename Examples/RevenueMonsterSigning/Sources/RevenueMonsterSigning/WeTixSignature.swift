import Foundation

/// The `signature` argument of WeTix's mutations `createMovieOrder` and `confirmMovieOrder`; no headers, no nonce.
///
/// Source: WeTix, *Signature*. The page's own plaintext lacks the `&` before `shaType`, against its description: this has it.
public struct WeTixSignature: Sendable, Encodable {
    /// Always `SHA256`.
    public let algorithm: String

    /// Seconds since 1970.
    public let timestamp: Int64

    /// The signature in Base64.
    public let hash: String

    /// Signs the input of a mutation, as JSON; members that are null are signed too.
    public init(of input: Data, mutation: String, clientID: String, key: RSASigningKey, at date: Date) throws {
        algorithm = "SHA256"
        timestamp = Int64(date.timeIntervalSince1970.rounded(.down))
        let data = Data(try CanonicalJSON(input, escaping: .none).text.utf8).base64EncodedString()
        hash = try key.signature(
            of: "clientId=\(clientID)&data=\(data)&mutation=\(mutation)&shaType=SHA256&timestamp=\(timestamp)"
        )
    }
}
