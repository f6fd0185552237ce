import Foundation
import OAuthDialects

/// Signs Revenue Monster's v3 calls: `X-Signature`, `X-Nonce-Str` and `X-Timestamp`.
///
/// ```swift
/// let signer = RevenueMonsterSigner(key: try RSASigningKey(pem: pem))
/// let session = TokenSession(dialect: .revenueMonster(.production), credentials: client, signer: signer)
/// ```
///
/// Source: Revenue Monster, *Signature Algorithm*.
public struct RevenueMonsterSigner: RequestSigner {
    private let key: RSASigningKey

    /// Makes a signer with the merchant's own key.
    public init(key: RSASigningKey) {
        self.key = key
    }

    /// Signs API requests alone.
    ///
    /// The canonical body is the one that is sent as well, so that no other bytes are signed than those that go.
    public func signed(_ request: WireRequest, for purpose: SigningPurpose) async throws -> WireRequest {
        guard case .resource(let access) = purpose else { return request }
        var request = request
        var data: String?
        if let body = request.body?.data, !body.isEmpty {
            let canonical = try CanonicalJSON(body, escaping: .html)
            request.body = .bytes(Data(canonical.text.utf8))
            if !canonical.isEmpty { data = canonical.text }
        }
        let timestamp = "\(Int(access.date.timeIntervalSince1970.rounded(.down)))"
        let text = RevenueMonsterPlaintext(
            data: data,
            method: request.method,
            nonce: access.nonce,
            requestURL: request.url.absoluteString,
            timestamp: timestamp
        ).text
        request.headers["X-Signature"] = "sha256 \(try key.signature(of: text))"
        request.headers["X-Nonce-Str"] = access.nonce
        request.headers["X-Timestamp"] = timestamp
        return request
    }
}

/// What is signed: fields in alphabetical order, and none for an empty body.
struct RevenueMonsterPlaintext {
    let data: String?
    let method: String
    let nonce: String
    let requestURL: String?
    let timestamp: String

    var text: String {
        let fields: [(String, String?)] = [
            ("data", data.map { Data($0.utf8).base64EncodedString() }), ("method", method.lowercased()),
            ("nonceStr", nonce), ("requestUrl", requestURL), ("signType", "sha256"), ("timestamp", timestamp),
        ]
        return fields.compactMap { name, value in value.map { "\(name)=\($0)" } }.joined(separator: "&")
    }
}
