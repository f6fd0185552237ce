internal import Foundation
internal import OAuthDialects

extension DialectBench {
    private var access: ResourceAccess {
        get throws {
            ResourceAccess(
                token: try AccessToken(Secret(Self.token)),
                credentials: Self.credentials,
                date: Self.date,
                nonce: "0123456789abcdef0123456789abcdef"
            )
        }
    }

    private static let resource = WireRequest(
        "PUT",
        URL(string: "https://api.conformance.example/v1/things?page=1%2B1")!,
        headers: ["X-Own": "kept"],
        body: .bytes(Data("body".utf8))
    )

    /// The token in an API request, and the API's rejection of it.
    var resources: [ConformanceCase] {
        let clause = "API requests (RFC 6750, section 2.1)"
        return [
            one(
                clause,
                "authorize(_:for:)",
                "the token in one header; method, URL, body, and other headers unchanged"
            ) {
                var request = Self.resource
                try dialect.authorize(&request, for: try access)
                let places = SecretPlaces(in: request, of: Secret(Self.token), dialect.conventions).all
                guard places.count == 1 else {
                    return places.isEmpty ? "no token" : "in \(places.joined(separator: ", and in "))"
                }
                guard places[0].hasPrefix("the header") else { return "in \(places[0])" }
                guard request.method == "PUT", request.url == Self.resource.url, request.headers["X-Own"] == "kept",
                    request.body?.data == Self.resource.body?.data
                else { return "a changed request" }
                try request.headers.check()
                return nil
            },
            one(clause, "authorize(_:for:) of a request with an older token", "only the new token") {
                var request = Self.resource
                request.headers["Authorization"] = "Bearer an-older-token"
                try dialect.authorize(&request, for: try access)
                try dialect.authorize(&request, for: try access)
                let places = SecretPlaces(in: request, of: Secret(Self.token), dialect.conventions).all
                let old = request.headers.fields.contains { $0.value.contains("an-older-token") }
                return places.count == 1 && !old ? nil : "\(places.count) tokens\(old ? ", and the older one" : "")"
            },
            one("Rejections (RFC 6750, section 3.1)", "an API's 401", "a token rejection") {
                dialect.isTokenRejection(WireResponse(status: 401, headers: ["WWW-Authenticate": "Bearer"]))
                    ? nil : "no rejection"
            },
        ]
            + [200, 204, 403, 404, 429, 500, 502, 503].map { status in
                one("Rejections (RFC 6750, section 3.1)", "an API's \(status)", "no token rejection") {
                    let page = WireResponse(status: status, body: Data("<html></html>".utf8))
                    return dialect.isTokenRejection(page) || dialect.isTokenRejection(WireResponse(status: status))
                        ? "a token rejection" : nil
                }
            }
    }
}
