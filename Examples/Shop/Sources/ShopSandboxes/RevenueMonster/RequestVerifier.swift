import Foundation
import OAuthDialects
import RevenueMonsterSigning
import Synchronization

/// Verifies the merchant's signature of a request, its time, and that its nonce is new.
///
/// Source: Revenue Monster, *Signature Algorithm*.
final class RequestVerifier: Sendable {
    private let key: RSAVerifyingKey
    private let nonces = Mutex<[String: Date]>([:])

    init(key: RSAVerifyingKey) {
        self.key = key
    }

    func verify(_ request: WireRequest, at date: Date) throws(PaymentRefusal) {
        guard let timestamp = request.headers["X-Timestamp"], let seconds = Int(timestamp),
            abs(date.timeIntervalSince1970 - Double(seconds)) <= 120
        else { throw PaymentRefusal(.invalidTimestamp) }
        let nonce = request.headers["X-Nonce-Str"] ?? ""
        guard !nonce.isEmpty, !nonce.contains(" ") else { throw PaymentRefusal(.invalidSignature) }
        let text = try plaintext(of: request, nonce, timestamp)
        let signature = request.headers["X-Signature"]?.split(separator: " ") ?? []
        guard signature.count == 2, signature[0] == "sha256", key.isValid(String(signature[1]), of: text) else {
            throw PaymentRefusal(.invalidSignature, debug: text)
        }
        // The documents call it a duplicate request, without a code.
        guard isNew(nonce, date) else { throw PaymentRefusal(.invalidRequest, debug: "The nonce has been used.") }
    }

    private func plaintext(
        of request: WireRequest,
        _ nonce: String,
        _ timestamp: String
    ) throws(PaymentRefusal) -> String {
        var fields: [String] = []
        if let body = request.body?.data, !body.isEmpty {
            guard let canonical = try? CanonicalJSON(body, escaping: .html) else {
                throw .validation(["body": "is not JSON"])
            }
            if !canonical.isEmpty { fields.append("data=\(Data(canonical.text.utf8).base64EncodedString())") }
        }
        fields += [
            "method=\(request.method.lowercased())", "nonceStr=\(nonce)",
            "requestUrl=\(request.url.absoluteString)", "signType=sha256", "timestamp=\(timestamp)",
        ]
        return fields.joined(separator: "&")
    }

    private func isNew(_ nonce: String, _ date: Date) -> Bool {
        nonces.withLock { nonces in
            // Twice the tolerance, so that a nonce is remembered for as long as its timestamp is accepted.
            if nonces.count >= 1024 { nonces = nonces.filter { date.timeIntervalSince($0.value) <= 240 } }
            guard nonces[nonce].map({ date.timeIntervalSince($0) > 240 }) ?? true else { return false }
            nonces[nonce] = date
            return true
        }
    }
}
