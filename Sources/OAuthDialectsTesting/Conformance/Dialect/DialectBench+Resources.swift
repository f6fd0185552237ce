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
        let clause = DialectClause.tokenPlacement
        return [
            one(clause, "authorize(_:for:)", "\(place); method, body, and the rest unchanged") {
                var request = Self.resource
                try dialect.authorize(&request, for: try access)
                let places = SecretPlaces(in: request, of: Secret(Self.token), conventions).all
                guard places.count == 1 else {
                    return places.isEmpty ? "no token" : "in \(places.joined(separator: ", and in "))"
                }
                guard isPlaced(request) else { return "in \(places[0]), or with another scheme" }
                guard request.method == "PUT", request.url.absoluteString.hasPrefix(Self.resource.url.absoluteString),
                    request.headers["X-Own"] == "kept", request.body?.data == Self.resource.body?.data
                else { return "a changed request" }
                try request.headers.check()
                return nil
            },
            one(clause, "authorize(_:for:) of a request with an older token", "only the new token") {
                // A second token in a query is an error, because a server may take either.
                guard let name = header else { return nil }
                var request = Self.resource
                request.headers[name] = "Bearer an-older-token"
                try dialect.authorize(&request, for: try access)
                try dialect.authorize(&request, for: try access)
                let places = SecretPlaces(in: request, of: Secret(Self.token), conventions).all
                let old = request.headers[name]?.contains("an-older-token") ?? false
                return places.count == 1 && !old ? nil : "\(places.count) tokens\(old ? ", and the older one" : "")"
            },
            one(.tokenRejections, "an API's 401", "a token rejection") {
                dialect.isTokenRejection(WireResponse(status: 401, headers: ["WWW-Authenticate": "Bearer"]))
                    ? nil : "no rejection"
            },
        ]
            + [200, 204, 403, 404, 429, 500, 502, 503].map { status in
                one(.tokenRejections, "an API's \(status)", "no token rejection") {
                    let page = WireResponse(status: status, body: Data("<html></html>".utf8))
                    return dialect.isTokenRejection(page) || dialect.isTokenRejection(WireResponse(status: status))
                        ? "a token rejection" : nil
                }
            }
            + conventionalRejections
    }

    /// Where the conventions place the token.
    private var place: String {
        switch conventions.tokenPlacement {
        case .bearer: "the token in one header"
        case .header(let name, let scheme): "the token in the header \(name)\(scheme.map { ", after \($0)" } ?? "")"
        case .query(let name): "the token in the parameter \(name) of the URL"
        }
    }

    /// The header that carries the token; `nil` if it is in the URL.
    private var header: String? {
        switch DialectProbe(dialect).placement ?? conventions.tokenPlacement {
        case .bearer: "Authorization"
        case .header(let name, _): name
        case .query: nil
        }
    }

    private func isPlaced(_ request: WireRequest) -> Bool {
        switch conventions.tokenPlacement {
        case .bearer:
            // A dialect may have a header of its own.
            return request.url == Self.resource.url
        case .header(let name, let scheme):
            return request.headers[name] == (scheme.map { $0 + " " } ?? "") + Self.token
                && request.url == Self.resource.url
        case .query(let name):
            let fields = RequestFields.inQuery(of: request) ?? []
            return fields.contains { $0.name == name && $0.value == Self.token }
        }
    }

    /// The codes by which the conventions say that an API rejects a token, and any other code.
    private var conventionalRejections: [ConformanceCase] {
        let status = conventions.refusal.success == nil ? 400 : 200
        let codes = conventions.refusal.rejections.sorted().map { ($0, true) }
        return (codes + [(conventions.wording(.unknown).code, false)]).map { code, isRejection in
            let body = conventions.refusalBody(code, "It failed.")
            let expected = isRejection ? "a token rejection" : "no token rejection"
            return one(.tokenRejections, "an API's \(status) with the code \(code)", expected) {
                let answer = WireResponse(status: status, body: Data(body.utf8))
                return dialect.isTokenRejection(answer) == isRejection
                    ? nil : isRejection ? "none" : "a token rejection"
            }
        }
    }
}
