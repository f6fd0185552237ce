internal import Foundation
internal import OAuthDialects

extension SandboxRules {
    /// The rules of a provider that follows a dialect's conventions, endpoints, and requests.
    static func speaking(_ dialect: any ProviderDialect, _ given: SpokenAnswers) -> Self {
        let conventions = dialect.conventions
        let probe = DialectProbe(dialect)
        let shape = given.shape ?? conventions.answerShape
        let takesRefreshTokens = probe.paths.values.contains { $0.contains("refresh_token") }
        let error: @Sendable (SandboxWording, String) -> JSONValue = { .raw(conventions.refusalBody($0.code, $1)) }
        var rules = Self(
            title: dialect.name,
            tokenPaths: probe.paths,
            body: probe.isJSON ?? (conventions.request.bodyEncoding == .json) ? .json : .form,
            naming: conventions.request.fieldNaming,
            client: conventions.request.clientAuthentication,
            scopeSeparator: conventions.scopeSeparator,
            accessLifetime: { _ in .seconds(3600) },
            refreshLifetime: .seconds(30 * 86400),
            rotation: conventions.refreshTokenRotation == .reusable ? .fixed : .rotating,
            accessShape: .twoParts,
            refreshShape: .twoParts,
            // RFC 6749, section 4.4.3: client credentials yield no refresh token.
            givesRefreshToken: { grant, scopes in
                takesRefreshTokens && grant != "client_credentials"
                    && conventions.offlineScope.map(scopes.contains) ?? true
            },
            spendsCodeOnFailure: false,
            answer: { .raw(shape.write(conventions.members(of: $0, given.extras))) },
            wording: conventions.wording,
            tokenError: error,
            resourceError: error,
            dialect: { url, apiHosts in dialect.rooted(at: url, apiHosts) },
            authorizationPath: dialect.authorizationEndpoint?.path(percentEncoded: true) ?? "/authorize"
        )
        rules.learn(from: probe, conventions)
        if let revocation = dialect.revocationEndpoint {
            let path = revocation.path(percentEncoded: true)
            rules.revocationPath = path
            rules.methods[path] = rules.methods[path] ?? conventions.httpMethod
        }
        let query = dialect.authorizationEndpoint.flatMap { RequestFields.inQuery(of: WireRequest("GET", $0)) }
        rules.authorizationQuery = Set((query ?? []).map(\.name))
        rules.issuer = dialect.issuer
        rules.ownRevocation = OwnRevocation(dialect)
        rules.answerShape = shape
        rules.statesDate = conventions.statesExpiryDate
        rules.objection = given.objection
        rules.extras = given.extras.mapValues { Secret($0) }
        return rules
    }

    private mutating func learn(from probe: DialectProbe, _ conventions: WireConventions) {
        for field in WireConventions.Field.all { names[field.standardName] = conventions.name(field) }
        names.merge(probe.names) { $1 }
        for (field, values) in conventions.request.values { self.values[field.standardName] = values }
        harmlessFields = probe.seen
        clients = probe.clients
        emptyPaths = probe.emptyPaths
        takesNumbers = true
        methods = probe.methods
        queries = probe.queries
        notRepeated = probe.notRepeated
        sendsGrantType = probe.sendsGrantType
        repeatsScopes = conventions.request.repeatsScopes
        knowsPKCE = conventions.pkce == .s256 || conventions.request.clientAuthentication == .publicClient
        placement = conventions.tokenPlacement == .bearer ? probe.placement ?? .bearer : conventions.tokenPlacement
    }
}

/// The facts about a provider that don't follow from its dialect.
struct SpokenAnswers: Sendable {
    var shape: TokenAnswerShape?
    var extras: [String: String] = [:]
    var objection: (@Sendable (WireRequest) -> String?)?
}

/// A revocation other than that of RFC 7009, as the dialect writes it.
struct OwnRevocation: Sendable {
    private let dialect: any ProviderDialect

    /// `nil` for a dialect that revokes as its conventions say, or not at all.
    init?(_ dialect: any ProviderDialect) {
        self.dialect = dialect
        guard let request = request(by: DialectProbe.credentials) else { return nil }
        let standard = dialect.revocationEndpoint.flatMap {
            try? dialect.conventions.revocation(of: Self.tokens(), by: DialectProbe.credentials, at: $0)
        }
        if let standard, DialectBench.bytes(of: request) == DialectBench.bytes(of: standard) { return nil }
    }

    /// A revocation of a made-up token, of which method, path, and client authentication are those of any other.
    func request(by client: ClientCredentials) -> WireRequest? {
        try? dialect.revocationRequest(for: Self.tokens(), by: client)
    }

    private static func tokens() throws -> TokenSet {
        try TokenSet(accessToken: "probe-access-token", refreshToken: RefreshToken("probe-refresh-token"))
    }
}

extension ProviderDialect {
    /// The same dialect with its endpoints under another root URL.
    fileprivate func rooted(at root: URL, _ apiHosts: [String]) -> any ProviderDialect {
        let moved: @Sendable (URL) -> URL? = { url in
            var components = URLComponents(url: root, resolvingAgainstBaseURL: true)
            components?.percentEncodedPath = url.path(percentEncoded: true)
            components?.percentEncodedQuery = url.query(percentEncoded: true)
            return components?.url
        }
        return overriding { overrides in
            overrides.apiOrigins = apiOrigins.adding(apiHosts).adding(originOf: root)
            overrides.tokenEndpoint = { grant, base in base.tokenEndpoint(for: grant).flatMap(moved) }
            overrides.request = { exchange, base in
                var request = try base.request(for: exchange)
                if let url = moved(request.url) { request.url = url }
                return request
            }
            overrides.revocationRequest = { tokens, client, base in
                var request = try base.revocationRequest(for: tokens, by: client)
                if let url = request.flatMap({ moved($0.url) }) { request?.url = url }
                return request
            }
            overrides.authorizationEndpoint = authorizationEndpoint.flatMap(moved)
            overrides.revocationEndpoint = revocationEndpoint.flatMap(moved)
        }
    }
}
