internal import Foundation
internal import OAuthDialects

/// The places in a request that contain a secret, and those from which a server decodes it.
struct SecretPlaces {
    /// Every place that contains the secret, in any encoding.
    private(set) var all: [String] = []

    /// The places that yield the exact secret if decoded as the conventions define.
    private(set) var exact: [String] = []

    init(in request: WireRequest, of secret: Secret, _ conventions: WireConventions) {
        let scrubber = Scrubber([secret])
        func holds(_ text: String) -> Bool { scrubber.scrub(text) != text }
        let isGet = request.method == "GET"
        let url = isGet ? String(request.url.absoluteString.prefix { $0 != "?" }) : request.url.absoluteString
        if holds(url) { all.append("the URL") }
        for (name, value) in request.headers.fields {
            let decoded = Self.decoded(value)
            guard holds(value) || decoded.map(holds) ?? false else { continue }
            all.append("the header \(name)")
            if let decoded, Self.secret(in: decoded, conventions) == secret.revealed {
                exact.append("the header \(name)")
            }
            if value == secret.revealed { exact.append("the header \(name)") }
        }
        let fields = RequestFields.of(request)
        for (name, value) in fields ?? [] where holds(value) || holds(name) {
            all.append("the field \(name)")
            if value == secret.revealed { exact.append("the field \(name)") }
        }
        if fields == nil || isGet, holds(String(decoding: request.body?.data ?? Data(), as: UTF8.self)) {
            all.append("the body")
        }
    }

    /// The decoded credentials of a Basic header.
    private static func decoded(_ header: String) -> String? {
        guard header.hasPrefix("Basic ") else { return nil }
        return Data(base64Encoded: String(header.dropFirst(6))).flatMap { String(validating: $0, as: UTF8.self) }
    }

    private static func secret(in pair: String, _ conventions: WireConventions) -> String? {
        guard let colon = pair.firstIndex(of: ":") else { return nil }
        let text = String(pair[pair.index(after: colon)...])
        return conventions.request.clientAuthentication == .basicFormEncoded ? FormDecoding.decode(text) : text
    }
}
