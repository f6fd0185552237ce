package import Foundation

/// A dialect with changes; it forwards every member, so that none falls back to the protocol's default.
package struct OverriddenDialect: ProviderDialect {
    let base: any ProviderDialect
    let overrides: DialectOverrides

    package var name: String { overrides.name ?? base.name }
    package var conventions: WireConventions { overrides.conventions ?? base.conventions }
    package var apiOrigins: APIOrigins { overrides.apiOrigins ?? base.apiOrigins }
    package var authorizationEndpoint: URL? { overrides.authorizationEndpoint ?? base.authorizationEndpoint }
    package var revocationEndpoint: URL? { overrides.revocationEndpoint ?? base.revocationEndpoint }

    package var issuer: String? { overrides.issuer ?? base.issuer }

    package func tokenEndpoint(for grant: Grant) -> URL? {
        overrides.tokenEndpoint.map { $0(grant, base) } ?? base.tokenEndpoint(for: grant)
    }

    /// Changed conventions make a new request; otherwise the base makes it, and a changed endpoint replaces its URL.
    package func request(for exchange: TokenExchange) throws -> WireRequest {
        if let request = overrides.request { return try request(exchange, base) }
        let endpoint = try endpoint(for: exchange.grant)
        guard overrides.conventions == nil, base.tokenEndpoint(for: exchange.grant) != nil else {
            return try conventions.request(for: exchange, to: endpoint)
        }
        var request = try base.request(for: exchange)
        if overrides.tokenEndpoint != nil {
            _ = try Origin(carryingSecretsTo: endpoint)
            request.url = endpoint
        }
        return request
    }

    package func refusal(in response: WireResponse) -> Refusal? {
        overrides.refusal.map { $0(response, base) } ?? base.refusal(in: response)
    }

    package func remedy(for refusal: Refusal, of exchange: TokenExchange) -> Remedy {
        overrides.remedy?(refusal, exchange, base) ?? base.remedy(for: refusal, of: exchange)
    }

    package func tokens(in response: WireResponse, for exchange: TokenExchange) throws -> TokenSet {
        try overrides.tokens?(response, exchange, base) ?? base.tokens(in: response, for: exchange)
    }

    package func authorize(_ request: inout WireRequest, for access: ResourceAccess) throws {
        if let authorize = overrides.authorize { return try authorize(&request, access, base) }
        try base.authorize(&request, for: access)
    }

    package func isTokenRejection(_ response: WireResponse) -> Bool {
        overrides.isTokenRejection?(response, base) ?? base.isTokenRejection(response)
    }
}
