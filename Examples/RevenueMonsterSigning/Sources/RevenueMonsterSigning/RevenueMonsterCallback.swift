import Foundation
import OAuthDialects

/// Verifies the calls that Revenue Monster makes to a merchant's server.
///
/// Source: Revenue Monster, *Verify Signature*: as signing, without `requestUrl`.
public struct RevenueMonsterCallback: Sendable {
    /// Why a call can't be trusted.
    public enum Failure: Error, Sendable {
        /// A header is missing or is none, or the body is no JSON.
        case malformed

        /// It is older than two minutes, or from a time to come.
        case stale

        /// The signature is not that of the call.
        case forged
    }

    private let key: RSAVerifyingKey

    /// Makes a verifier with Revenue Monster's public key.
    public init(key: RSAVerifyingKey) {
        self.key = key
    }

    /// Throws unless Revenue Monster made the call, just now.
    ///
    /// - Returns: the nonce; a server refuses one that it has seen in the last two minutes.
    @discardableResult
    public func verify(_ request: WireRequest, at date: Date) throws(Failure) -> String {
        guard let signature = request.headers["X-Signature"]?.split(separator: " "), signature.count == 2,
            signature[0] == "sha256", let nonce = request.headers["X-Nonce-Str"], !nonce.isEmpty,
            let timestamp = request.headers["X-Timestamp"], let seconds = Int(timestamp)
        else { throw .malformed }
        guard abs(date.timeIntervalSince1970 - Double(seconds)) <= 120 else { throw .stale }
        let text = RevenueMonsterPlaintext(
            data: try data(of: request),
            method: request.method,
            nonce: nonce,
            requestURL: nil,
            timestamp: timestamp
        ).text
        guard key.isValid(String(signature[1]), of: text) else { throw .forged }
        return nonce
    }

    private func data(of request: WireRequest) throws(Failure) -> String? {
        guard let body = request.body?.data, !body.isEmpty else { return nil }
        do {
            let canonical = try CanonicalJSON(body, escaping: .html)
            return canonical.isEmpty ? nil : canonical.text
        } catch {
            throw .malformed
        }
    }
}
