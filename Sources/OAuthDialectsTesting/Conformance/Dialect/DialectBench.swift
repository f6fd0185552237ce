internal import Foundation
internal import OAuthDialects

/// The fixture of the dialect's checks: values that careless encoding breaks, and the provider to test against.
struct DialectBench: Sendable {
    static let date = Date(timeIntervalSince1970: 1_767_225_600)

    /// The client's secret; like the tokens below, it contains the special characters of forms, JSON, Basic, and URLs.
    static let credentials = ClientCredentials(id: "conformance-client", secret: #"s+e c/r=e&t%2B"\é~?#<✓>"#)
    static let refreshTokenText = #"rt+/=&%2B~?#[]{}|^`'<>;:,.!*()$@_-"\"#
    static let code: Secret = #"4/0A+b&c=d%20 é"\✓"#
    static let verifier = Secret(String(repeating: "v~.-_", count: 10))
    static let redirectURI = "https://app.example/callback?tenant=a%20b&x=1+1"
    static let scopes = ["read:orders", "a&b=c%2B+d"]

    let dialect: any ProviderDialect
    let provider: ProviderSandbox.Provider
    let shape: TokenAnswerShape
    let documented: [DocumentedRequest]
    let wrapped: (any ProviderDialect)?
    var signer: (any RequestSigner)?

    init(
        _ dialect: any ProviderDialect,
        _ provider: ProviderSandbox.Provider?,
        _ shape: TokenAnswerShape?,
        _ documented: [DocumentedRequest],
        _ wrapped: (any ProviderDialect)?,
        _ signer: (any RequestSigner)? = nil
    ) {
        self.dialect = dialect
        self.signer = signer
        // A signer adds fields that the dialect does not write.
        let anything: @Sendable (WireRequest) -> String? = { _ in nil }
        let objection = signer.map { _ in anything }
        self.provider = provider ?? .speaking(dialect, answer: shape, objection: objection)
        // A provider that follows another dialect's conventions answers by those.
        self.shape = shape ?? self.provider.rules.answerShape ?? dialect.conventions.answerShape
        self.documented = documented
        self.wrapped = wrapped ?? WrappedDialect.find(in: dialect)
    }

    var conventions: WireConventions { dialect.conventions }

    /// The origins of a token that comes with the extras of the tested provider.
    var origins: APIOrigins { (try? dialect.apiOrigins(for: provider.rules.extras)) ?? dialect.apiOrigins }

    /// Whether the client's secret is part of its token requests.
    var sendsSecret: Bool { ![.publicClient, .none].contains(conventions.request.clientAuthentication) }

    var secrets: [Secret] {
        let secret = Self.credentials.secret ?? ""
        return [secret, Secret(Self.refreshTokenText), Self.code, Self.verifier]
    }

    /// Every kind of grant, whether the provider supports it or not.
    static let allGrants: [Grant] = {
        let refresh = (try? RefreshToken(refreshTokenText)).map { [Grant.refreshToken($0)] } ?? []
        let brought = Grant.authorizationCode(code, redirectURI: redirectURI, codeVerifier: verifier)
        return [.clientCredentials(scopes: scopes)] + refresh + [brought]
    }()

    /// The grants that the dialect supports.
    var grants: [Grant] { Self.allGrants.filter { dialect.tokenEndpoint(for: $0) != nil } }

    func has(_ type: String) -> Bool { grants.contains { $0.type == type } }

    func exchange(_ grant: Grant, _ credentials: ClientCredentials = credentials) -> TokenExchange {
        TokenExchange(
            grant: grant,
            credentials: credentials,
            date: Self.date,
            nonce: DialectProbe.nonce,
            scopes: Self.scopes
        )
    }

    func request(_ grant: Grant, _ credentials: ClientCredentials = credentials) throws -> WireRequest {
        try dialect.request(for: exchange(grant, credentials))
    }

    /// Whether a documented request for the same grant type omits a value; the dialect may then omit it too.
    func isLeftOut(_ what: String, of grant: Grant) -> Bool {
        documented.contains { sample in
            guard sample.grant.type == grant.type, let fields = sample.fields else { return false }
            return presented(sample.grant).contains { presented in
                presented.what == what && !presented.value.isEmpty && !fields.contains { $0.value == presented.value }
            }
        }
    }

    /// A case for each grant that the dialect supports.
    func eachGrant(
        _ clause: DialectClause,
        _ tried: String,
        _ expected: String,
        _ deviation: @escaping @Sendable (Grant, WireRequest) throws -> String?
    ) -> [ConformanceCase] {
        grants.map { grant in
            ConformanceCase(clause, "\(grant.type): \(tried)", expected) {
                try deviation(grant, try request(grant))
            }
        }
    }

    /// A case that runs synchronously.
    func one(
        _ clause: DialectClause,
        _ tried: String,
        _ expected: String,
        _ deviation: @escaping @Sendable () throws -> String?
    ) -> ConformanceCase {
        ConformanceCase(clause, tried, expected) { try deviation() }
    }
}

/// Finds the dialect that another dialect wraps.
enum WrappedDialect {
    static func find(in dialect: any ProviderDialect) -> (any ProviderDialect)? {
        // OverriddenDialect always forwards, and an override may deliberately restore the RFC 6749 default.
        if dialect is OverriddenDialect { return nil }
        return Mirror(reflecting: dialect).children.lazy.compactMap { $0.value as? any ProviderDialect }.first
    }
}
