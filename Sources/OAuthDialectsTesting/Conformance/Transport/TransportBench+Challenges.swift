internal import Foundation
internal import OAuthDialects

extension TransportBench {
    private static let challenges: [[String]] = [
        [#"Basic realm="token""#], [#"Bearer realm="api", error="invalid_token""#],
        [#"Digest realm="api", nonce="n", qop="auth", algorithm=SHA-256"#], ["Negotiate"], ["NTLM"],
        [#"DPoP algs="ES256""#], ["Unheard-of"], [""], [#"Basic realm=""#],
        [#"Basic realm="token", Bearer realm="api""#], [#"Basic realm="token""#, #"Bearer realm="api""#],
        ["Negotiate", #"Digest realm="api", nonce="n""#],
    ]

    /// RFC 6749, section 5.2, asks for a challenge with the error in the body.
    var challenges: [ConformanceCase] {
        Self.challenges.flatMap { values in ["GET", "POST"].map { challenge(values, $0) } }
    }

    private func challenge(_ values: [String], _ method: String) -> ConformanceCase {
        ConformanceCase(
            clause: "A 401 with any challenge is a response",
            tried: "a 401 for \(method), with WWW-Authenticate: \(values.joined(separator: " and "))",
            expected: "the response with its headers and body, after one request"
        ) {
            let body = Data(#"{"error":"invalid_client"}"#.utf8)
            var answer = WireResponse(status: 401, body: body)
            for value in values { answer.headers.append("WWW-Authenticate", value) }
            return try await served({ [answer] _ in .response(answer) }) { url, server in
                let response = try await transport.send(request(method, url), .conformance)
                guard response.status == 401, response.body == body else { return "\(response)" }
                let fields = response.headers.fields.filter { $0.name.lowercased() == "www-authenticate" }
                let came = fields.map(\.value).joined(separator: ", ")
                guard values.allSatisfy({ $0.isEmpty || came.contains($0) }) else { return "the challenge \(came)" }
                let count = server.facts.requests
                return count == 1 ? nil : "\(count) requests"
            }
        }
    }
}
