package import Foundation

/// A dialect with changes; it forwards every member, so that none falls back to the protocol's default.
package struct OverriddenDialect: ProviderDialect {
    let base: any ProviderDialect
    let overrides: DialectOverrides

    package var name: String { overrides.name ?? base.name }
    package var conventions: WireConventions { overrides.conventions }
    package var apiOrigins: APIOrigins { overrides.apiOrigins ?? base.apiOrigins }
    package var authorizationEndpoint: URL? { overrides.authorizationEndpoint ?? base.authorizationEndpoint }
    package var revocationEndpoint: URL? { overrides.revocationEndpoint ?? base.revocationEndpoint }

    package var issuer: String? { overrides.issuer ?? base.issuer }

    /// Other API origins take the place of the base's own, not of those that a token names.
    package func apiOrigins(for extras: [String: Secret]) throws -> APIOrigins {
        if let origins = overrides.tokenOrigins { return try origins(extras, base) }
        let origins = try base.apiOrigins(for: extras)
        return overrides.apiOrigins.map { origins.replacing(base.apiOrigins, by: $0) } ?? origins
    }

    package func tokenEndpoint(for grant: Grant) -> URL? {
        overrides.tokenEndpoint.map { $0(grant, base) } ?? base.tokenEndpoint(for: grant)
    }

    /// Changed conventions make a new request; otherwise the base makes it, and a changed endpoint replaces its URL.
    package func request(for exchange: TokenExchange) throws -> WireRequest {
        if let request = overrides.request { return try request(exchange, base) }
        let endpoint = try endpoint(for: exchange.grant)
        guard !writesOtherwise, base.tokenEndpoint(for: exchange.grant) != nil else {
            return try conventions.request(for: exchange, to: endpoint)
        }
        var request = try base.request(for: exchange)
        if overrides.tokenEndpoint != nil {
            _ = try Origin(carryingSecretsTo: endpoint)
            let fields = try base.fieldsInURL(of: request, for: exchange.grant)
            request.url = endpoint
            if !fields.isEmpty { try request.addToQuery(fields) }
        }
        return request
    }

    package func revocationRequest(for tokens: TokenSet, by client: ClientCredentials) throws -> WireRequest? {
        if let request = overrides.revocationRequest { return try request(tokens, client, base) }
        guard overrides.revocationEndpoint != nil || writesOtherwise && base.revokesByConventions(tokens, client) else {
            return try base.revocationRequest(for: tokens, by: client)
        }
        return try revocationEndpoint.map { try conventions.revocation(of: tokens, by: client, at: $0) }
    }

    package func refusal(in response: WireResponse) -> Refusal? {
        if let refusal = overrides.refusal { return refusal(response, base) }
        return conventions.refusal.isRead(as: base.conventions.refusal)
            ? base.refusal(in: response) : RefusalReader.refusal(in: response, conventions)
    }

    package func remedy(for refusal: Refusal, of exchange: TokenExchange) -> Remedy {
        if let remedy = overrides.remedy { return remedy(refusal, exchange, base) }
        let remedy = base.remedy(for: refusal, of: exchange)
        if remedy == base.conventions.remedy(for: refusal, of: exchange) {
            return conventions.remedy(for: refusal, of: exchange)
        }
        let own = conventions.ownRemedy(for: refusal)
        return own == base.conventions.ownRemedy(for: refusal) ? remedy : own ?? remedy
    }

    package func tokens(in response: WireResponse, for exchange: TokenExchange) throws -> TokenSet {
        if let tokens = overrides.tokens { return try tokens(response, exchange, base) }
        return try conventions.answer.isSame(as: base.conventions.answer)
            ? base.tokens(in: response, for: exchange) : conventions.tokens(in: response, for: exchange)
    }

    package func authorize(_ request: inout WireRequest, for access: ResourceAccess) throws {
        if let authorize = overrides.authorize { return try authorize(&request, access, base) }
        if conventions.tokenPlacement == base.conventions.tokenPlacement {
            try base.authorize(&request, for: access)
        } else {
            try conventions.place(access.token, in: &request)
        }
    }

    package func isTokenRejection(_ response: WireResponse) -> Bool {
        if let isRejection = overrides.isTokenRejection { return isRejection(response, base) }
        let isRejection = base.isTokenRejection(response)
        let named = conventions.rejects(response, by: refusal)
        let wasNamed = base.conventions.rejects(response, by: base.refusal)
        if isRejection == (response.status == 401 || wasNamed) { return response.status == 401 || named }
        return isRejection || named && !wasNamed
    }

    private var writesOtherwise: Bool { !conventions.writes(as: base.conventions) }
}

extension ProviderDialect {
    /// The fields that a token request has in its URL, after the endpoint's own.
    fileprivate func fieldsInURL(of request: WireRequest, for grant: Grant) throws -> [WireField] {
        guard let endpoint = tokenEndpoint(for: grant) else { return [] }
        let count = try WireField.all(in: WireRequest("GET", endpoint)).count
        return Array(try WireField.all(in: WireRequest("GET", request.url)).dropFirst(count))
    }

    /// Whether it revokes tokens as its conventions say.
    fileprivate func revokesByConventions(_ tokens: TokenSet, _ client: ClientCredentials) -> Bool {
        guard let endpoint = revocationEndpoint,
            let own = try? revocationRequest(for: tokens, by: client),
            let usual = try? conventions.revocation(of: tokens, by: client, at: endpoint)
        else { return false }
        let isSameHead = own.method == usual.method && own.url == usual.url
        return isSameHead && own.body?.data == usual.body?.data
            && own.headers.fields.elementsEqual(usual.headers.fields, by: ==)
    }
}
