import Foundation
import OAuthDialects

/// A wrapper that forwards all but one member, which falls back to what ``ProviderDialect`` gives everybody.
struct LossyWrapper: ProviderDialect {
    enum Member: String, CaseIterable, Sendable {
        case tokenOrigins = "apiOrigins(for:)"
        case conventions, authorizationEndpoint, revocationEndpoint, issuer
        case request, revocationRequest, refusal, remedy, tokens, authorize, isTokenRejection
    }

    /// What the protocol gives a dialect that implements as little as it may.
    private struct Bare: ProviderDialect {
        let base: any ProviderDialect
        let conventions: WireConventions
        let authorizationEndpoint: URL?
        var revocationEndpoint: URL?

        var name: String { base.name }
        var apiOrigins: APIOrigins { base.apiOrigins }
        func tokenEndpoint(for grant: Grant) -> URL? { base.tokenEndpoint(for: grant) }
    }

    let base: any ProviderDialect
    let forgotten: Member

    private func source(_ member: Member) -> any ProviderDialect {
        guard member == forgotten else { return base }
        var bare = Bare(base: base, conventions: base.conventions, authorizationEndpoint: base.authorizationEndpoint)
        if member == .revocationRequest { bare.revocationEndpoint = base.revocationEndpoint }
        return bare
    }

    var name: String { base.name }
    var apiOrigins: APIOrigins { base.apiOrigins }
    func tokenEndpoint(for grant: Grant) -> URL? { base.tokenEndpoint(for: grant) }

    func apiOrigins(for extras: [String: Secret]) throws -> APIOrigins {
        try source(.tokenOrigins).apiOrigins(for: extras)
    }

    var conventions: WireConventions { forgotten == .conventions ? WireConventions() : base.conventions }
    var authorizationEndpoint: URL? { forgotten == .authorizationEndpoint ? nil : base.authorizationEndpoint }
    var revocationEndpoint: URL? { source(.revocationEndpoint).revocationEndpoint }
    var issuer: String? { source(.issuer).issuer }

    func request(for exchange: TokenExchange) throws -> WireRequest { try source(.request).request(for: exchange) }

    func revocationRequest(for tokens: TokenSet, by client: ClientCredentials) throws -> WireRequest? {
        try source(.revocationRequest).revocationRequest(for: tokens, by: client)
    }

    func refusal(in response: WireResponse) -> Refusal? { source(.refusal).refusal(in: response) }

    func remedy(for refusal: Refusal, of exchange: TokenExchange) -> Remedy {
        source(.remedy).remedy(for: refusal, of: exchange)
    }

    func tokens(in response: WireResponse, for exchange: TokenExchange) throws -> TokenSet {
        try source(.tokens).tokens(in: response, for: exchange)
    }

    func authorize(_ request: inout WireRequest, for access: ResourceAccess) throws {
        try source(.authorize).authorize(&request, for: access)
    }

    func isTokenRejection(_ response: WireResponse) -> Bool { source(.isTokenRejection).isTokenRejection(response) }
}

/// A provider with every member its own, so that each can be lost.
struct OwnDialect: ProviderDialect {
    let name = "own"
    let apiOrigins: APIOrigins = ["api.own.example"]
    let conventions = WireConventions {
        $0.request.fieldNaming = .camelCase
        $0.request.clientAuthentication = .basic
        $0.refreshTokenRotation = .reusable
        $0.pkce = .unsupported
        $0.answer.extras = ["shop"]
    }
    let authorizationEndpoint = URL(string: "https://own.example/authorize")

    func apiOrigins(for extras: [String: Secret]) throws -> APIOrigins {
        try apiOrigins.adding("shop", of: extras, under: ["shops.own.example"])
    }

    let revocationEndpoint = URL(string: "https://own.example/revoke")
    let issuer: String? = "https://own.example"

    func tokenEndpoint(for grant: Grant) -> URL? {
        if case .other = grant { nil } else { URL(string: "https://own.example/token") }
    }

    func request(for exchange: TokenExchange) throws -> WireRequest {
        guard let endpoint = tokenEndpoint(for: exchange.grant) else { throw TokenError(.unsupportedGrant, "None.") }
        var request = try conventions.request(for: exchange, to: endpoint)
        request.headers["X-Version"] = "2"
        return request
    }

    func revocationRequest(for tokens: TokenSet, by client: ClientCredentials) throws -> WireRequest? {
        var request = WireRequest("DELETE", URL(string: "https://own.example/revoke")!)
        request.headers["Authorization"] = "Bearer " + tokens.accessToken.revealed
        return request
    }

    func refusal(in response: WireResponse) -> Refusal? {
        guard let text = String(data: response.body, encoding: .utf8), text.contains(#""code":40001"#) else {
            return response.refusal
        }
        return Refusal(status: response.status, code: "40001", retryAfter: response.refusal?.retryAfter)
    }

    func remedy(for refusal: Refusal, of exchange: TokenExchange) -> Remedy {
        refusal.code == "INVALID_CODE" ? .discardGrant : .standard(for: refusal, of: exchange)
    }

    func tokens(in response: WireResponse, for exchange: TokenExchange) throws -> TokenSet {
        var set = try conventions.tokens(in: response, for: exchange)
        if set.lifetime == .seconds(3600), set.scopes == nil { set.scopes = ["all"] }
        return set
    }

    func authorize(_ request: inout WireRequest, for access: ResourceAccess) throws {
        request.headers["Authorization"] = access.token.authorizationHeader.revealed
        request.headers["X-Own"] = request.headers["X-Own"] ?? "1"
    }

    func isTokenRejection(_ response: WireResponse) -> Bool {
        response.status == 401 || (response.status == 400 && response.body.starts(with: Data(#"{"errors""#.utf8)))
    }
}
