internal import Foundation
internal import OAuthDialects

/// Learns how a dialect writes its requests from requests that are never sent.
struct DialectProbe {
    /// The grant types that each path takes.
    private(set) var paths: [String: Set<String>] = [:]

    /// The method of the requests to each path.
    private(set) var methods: [String: String] = [:]

    /// The query of each endpoint, which belongs to its URL.
    private(set) var queries: [String: String] = [:]

    /// The names of standard fields.
    private(set) var names: [String: String] = [:]

    /// Every name in a request.
    private(set) var seen: Set<String> = []

    /// Whether every request names the type of its grant.
    private(set) var sendsGrantType = true

    /// The parameters of a sign-in that an exchange of its code does not repeat.
    private(set) var notRepeated: Set<String> = []
    private(set) var isJSON: Bool?

    /// How the client authenticates with each type of grant.
    private(set) var clients: [String: WireConventions.TokenRequest.ClientAuthentication] = [:]

    /// The paths whose requests have no body.
    private(set) var emptyPaths: Set<String> = []
    private(set) var placement: WireConventions.TokenPlacement?

    static let credentials = ClientCredentials(id: "probe-client", secret: "probe-secret")
    static let date = Date(timeIntervalSince1970: 0)
    static let nonce = "0123456789abcdef0123456789abcdef"

    private static let values = [
        "refresh_token": "probe-refresh-token", "code": "probe-code", "redirect_uri": "https://probe.example/callback",
        "code_verifier": "probe-verifier", "scope": "probe-scope", "client_id": "probe-client",
        "client_secret": "probe-secret",
    ]

    init(_ dialect: any ProviderDialect) {
        for grant in Self.grants {
            guard let endpoint = dialect.tokenEndpoint(for: grant) else { continue }
            let path = endpoint.path(percentEncoded: true)
            paths[path, default: []].insert(grant.type)
            queries[path] = endpoint.query(percentEncoded: true)
            let exchange = TokenExchange(
                grant: grant,
                credentials: Self.credentials,
                date: Self.date,
                nonce: Self.nonce,
                scopes: ["probe-scope"]
            )
            guard let request = try? dialect.request(for: exchange) else { continue }
            methods[path] = request.method
            learn(from: request, grant, dialect.conventions)
        }
        placement = Self.placement(of: dialect)
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

    private mutating func learn(from request: WireRequest, _ grant: Grant, _ conventions: WireConventions) {
        clients[grant.type] = Self.client(of: request, conventions)
        if request.method != "GET", request.body?.data.isEmpty ?? true {
            emptyPaths.insert(request.url.path(percentEncoded: true))
        }
        guard let fields = RequestFields.of(request) else { return }
        if request.method != "GET", let body = request.body, !body.data.isEmpty {
            isJSON = request.headers["Content-Type"]?.lowercased().hasPrefix("application/json") ?? false
        }
        seen.formUnion(fields.map(\.name))
        for (standard, value) in Self.values {
            if let field = fields.first(where: { $0.value == value }) { names[standard] = field.name }
        }
        let type = conventions.value("grant_type", grant.type)
        if let field = fields.first(where: { $0.value == type }) {
            names["grant_type"] = field.name
        } else {
            sendsGrantType = false
        }
        guard case .authorizationCode = grant else { return }
        let left = ["redirect_uri", "code_verifier"].filter { name in !fields.contains { $0.value == Self.values[name] }
        }
        notRepeated = Set(left)
    }

    /// How a request names its client, which need not be as the conventions say for every grant.
    private static func client(
        of request: WireRequest,
        _ conventions: WireConventions
    ) -> WireConventions.TokenRequest.ClientAuthentication {
        let own = conventions.request.clientAuthentication
        let pair = Data("probe-client:probe-secret".utf8).base64EncodedString()
        if request.headers["Authorization"] == "Basic " + pair { return own == .basicFormEncoded ? own : .basic }
        let values = (RequestFields.of(request) ?? []).map(\.value)
        if values.contains("probe-secret") { return .body }
        return values.contains("probe-client") && own != .none ? .publicClient : .none
    }

    /// Where an API request carries the token; `nil` if it is nowhere to be found.
    private static func placement(of dialect: any ProviderDialect) -> WireConventions.TokenPlacement? {
        guard let token = try? AccessToken("probe.access-token"), let url = URL(string: "https://probe.example/") else {
            return nil
        }
        var request = WireRequest("GET", url)
        let access = ResourceAccess(token: token, credentials: credentials, date: date, nonce: nonce)
        guard (try? dialect.authorize(&request, for: access)) != nil else { return nil }
        for (name, value) in request.headers.fields where value.hasSuffix("probe.access-token") {
            let scheme = value.dropLast("probe.access-token".count).trimmingCharacters(in: .whitespaces)
            if name.lowercased() == "authorization", scheme == "Bearer" { return .bearer }
            return .header(name, scheme: scheme.isEmpty ? nil : scheme)
        }
        let field = RequestFields.inQuery(of: request)?.first { $0.value == "probe.access-token" }
        return field.map { .query($0.name) }
    }
}

extension WireConventions {
    /// The HTTP method of token requests.
    var httpMethod: String { request.bodyEncoding == .query ? "GET" : "POST" }

    /// This provider's word for a value of a field that is given by its standard name.
    func value(_ standard: String, _ value: String) -> String {
        Field(standard).flatMap { request.values[$0]?[value] } ?? value
    }
}
