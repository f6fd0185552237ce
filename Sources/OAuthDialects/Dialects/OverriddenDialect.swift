internal import Foundation

/// A dialect and what is changed of it; it forwards every member, so that none falls back to RFC 6749 unseen.
struct OverriddenDialect: ProviderDialect {
    let base: any ProviderDialect
    let overrides: DialectOverrides

    var name: String { overrides.name ?? base.name }
    var conventions: WireConventions { overrides.conventions ?? base.conventions }
    var audience: Audience { overrides.audience ?? base.audience }
    var authorizationEndpoint: URL? { overrides.authorizationEndpoint ?? base.authorizationEndpoint }
    var revocationEndpoint: URL? { overrides.revocationEndpoint ?? base.revocationEndpoint }

    var issuer: String? { overrides.issuer ?? base.issuer }
    var signer: (any RequestSigner)? { overrides.signer ?? base.signer }

    /// Other conventions or another endpoint make the URL anew; else the dialect beneath makes it.
    func authorizationURL(for request: AuthorizationRequest) throws -> URL {
        if let url = overrides.authorizationURL { return try url(request, base) }
        guard overrides.conventions != nil || overrides.authorizationEndpoint != nil,
            let endpoint = authorizationEndpoint
        else { return try base.authorizationURL(for: request) }
        return try conventions.authorizationURL(for: request, at: endpoint)
    }

    func tokenEndpoint(for grant: Grant) -> URL? {
        overrides.tokenEndpoint.map { $0(grant, base) } ?? base.tokenEndpoint(for: grant)
    }

    /// Other conventions make the request anew; else the dialect beneath makes it, sent to another endpoint if there is one.
    func request(for exchange: TokenExchange) throws -> WireRequest {
        if let request = overrides.request { return try request(exchange, base) }
        let endpoint = try endpoint(for: exchange.grant)
        guard overrides.conventions == nil, base.tokenEndpoint(for: exchange.grant) != nil else {
            return try conventions.request(for: exchange, to: endpoint)
        }
        var request = try base.request(for: exchange)
        if overrides.tokenEndpoint != nil {
            try Origin.check(tokenEndpoint: endpoint)
            request.url = endpoint
        }
        return request
    }

    func refusal(in response: WireResponse) -> Refusal? {
        overrides.refusal.map { $0(response, base) } ?? base.refusal(in: response)
    }

    func remedy(for refusal: Refusal, of exchange: TokenExchange) -> Remedy {
        overrides.remedy?(refusal, exchange, base) ?? base.remedy(for: refusal, of: exchange)
    }

    func tokens(in response: WireResponse, for exchange: TokenExchange) throws -> TokenSet {
        try overrides.tokens?(response, exchange, base) ?? base.tokens(in: response, for: exchange)
    }

    func authorize(_ request: inout WireRequest, for access: ResourceAccess) throws {
        if let authorize = overrides.authorize { return try authorize(&request, access, base) }
        try base.authorize(&request, for: access)
    }

    func rejectsToken(_ response: WireResponse) -> Bool {
        overrides.rejectsToken?(response, base) ?? base.rejectsToken(response)
    }
}
