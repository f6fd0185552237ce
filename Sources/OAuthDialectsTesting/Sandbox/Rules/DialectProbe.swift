internal import Foundation
internal import OAuthDialects

/// Learns a dialect's paths and field names from requests that are never sent.
struct DialectProbe {
    private(set) var paths: [String: Set<String>] = [:]
    private(set) var names: [String: String] = [:]
    private(set) var seen: Set<String> = []
    private(set) var isJSON: Bool?
    private(set) var client: WireConventions.ClientAuthentication?

    private static let values = [
        "refresh_token": "probe-refresh-token", "code": "probe-code", "redirect_uri": "https://probe.example/callback",
        "code_verifier": "probe-verifier", "scope": "probe-scope", "client_id": "probe-client",
        "client_secret": "probe-secret",
    ]

    init(_ dialect: any ProviderDialect) {
        for grant in Self.grants {
            guard let endpoint = dialect.tokenEndpoint(for: grant) else { continue }
            paths[endpoint.path(percentEncoded: true), default: []].insert(grant.type)
            let credentials = ClientCredentials(id: "probe-client", secret: "probe-secret")
            let exchange = TokenExchange(grant: grant, credentials: credentials, date: Date(timeIntervalSince1970: 0))
            if let request = try? dialect.request(for: exchange) { learn(from: request, grant) }
        }
    }

    private static var grants: [Grant] {
        let refreshToken = try? RefreshToken("probe-refresh-token")
        return [
            .clientCredentials(scopes: ["probe-scope"]),
            .authorizationCode(
                "probe-code",
                redirectURI: "https://probe.example/callback",
                codeVerifier: "probe-verifier"
            ),
        ] + (refreshToken.map { [.refreshToken($0)] } ?? [])
    }

    private mutating func learn(from request: WireRequest, _ grant: Grant) {
        guard let fields = RequestFields.of(request) else { return }
        isJSON = request.headers["Content-Type"]?.lowercased().hasPrefix("application/json") ?? false
        seen.formUnion(fields.map(\.name))
        for (standard, value) in Self.values {
            if let field = fields.first(where: { $0.value == value }) { names[standard] = field.name }
        }
        if let field = fields.first(where: { $0.value == grant.type }) { names["grant_type"] = field.name }
        if fields.contains(where: { $0.value == "probe-secret" }) { client = .body }
    }
}
