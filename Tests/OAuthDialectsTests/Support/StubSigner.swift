import Foundation
import OAuthDialects

/// Signs with a digest of all that a signature has to cover.
struct StubSigner: RequestSigner {
    struct Failure: Error {}

    let key: String
    var fails = false

    func signed(_ request: WireRequest, for purpose: SigningPurpose) async throws -> WireRequest {
        guard case .resource(let access) = purpose else { return request }
        if fails { throw Failure() }
        await Task.yield()
        var request = request
        request.headers["X-Nonce-Str"] = access.nonce
        request.headers["X-Signature"] = signature(of: request)
        return request
    }

    func signature(of request: WireRequest) -> String {
        let body = String(decoding: request.body?.data ?? Data(), as: UTF8.self)
        let token = request.headers["Authorization"] ?? ""
        let nonce = request.headers["X-Nonce-Str"] ?? ""
        let text = [key, request.method, request.url.absoluteString, token, nonce, body].joined(separator: "\n")
        return Base64URL.encode(SHA256Digest.of(Array(text.utf8)))
    }
}
