public import Foundation

/// How one provider implements OAuth 2.0: a value without I/O, state, or a clock.
///
/// A provider that follows RFC 6749 needs only a name, a token endpoint, and API origins; everything else has a default. Common
/// differences are data (``conventions``); for rare ones, implement a function.
public protocol ProviderDialect: Sendable {
    /// A stable lowercase ASCII name; it is part of every store key and event.
    var name: String { get }

    /// What RFC 6749 leaves open; the RFC's recommendations by default.
    var conventions: WireConventions { get }

    /// The origins its tokens may be sent to.
    var apiOrigins: APIOrigins { get }

    /// The origins that tokens with these extras may be sent to; the ``ProviderDialect/apiOrigins`` by default.
    ///
    /// For a provider whose answer names the API's host, with the member among the ``WireConventions/TokenAnswer/extras``:
    ///
    /// ```swift
    /// func apiOrigins(for extras: [String: Secret]) throws -> APIOrigins {
    ///     try apiOrigins.adding("instance_url", of: extras, under: ["salesforce.com"])
    /// }
    /// ```
    ///
    /// The session asks when it reads an answer, and again for each API request, also with a token from its store.
    ///
    /// - Parameter extras: what the answer said beside the token; empty if it said nothing.
    /// - Returns: the origins that those tokens may be sent to.
    /// - Throws: any error. If the extras are an answer's, its tokens are not taken; otherwise the request is not sent. The caller gets
    ///   a ``TokenError``, with the code ``TokenError/Code/untrustedHost`` if the error was another type.
    func apiOrigins(for extras: [String: Secret]) throws -> APIOrigins

    /// Where users sign in (RFC 6749, section 3.1); `nil` if the provider documents no such endpoint.
    var authorizationEndpoint: URL? { get }

    /// The issuer that callbacks must name in `iss` (RFC 9207); `nil`, which is the default, requires none.
    var issuer: String? { get }

    /// Where tokens are revoked (RFC 7009); `nil` if the provider documents no such endpoint.
    var revocationEndpoint: URL? { get }

    /// Where a grant is exchanged; `nil` if the provider does not support the grant.
    func tokenEndpoint(for grant: Grant) -> URL?

    /// The request for an exchange; ``WireConventions/request(for:to:)`` at the grant's endpoint by default.
    ///
    /// - Throws: ``TokenError``; ``TokenError/Code/unsupportedGrant`` for a grant without an endpoint,
    ///   ``TokenError/Code/invalidCredentials`` for a client that can't be sent.
    func request(for exchange: TokenExchange) throws -> WireRequest

    /// The request that revokes tokens; RFC 7009's at the ``ProviderDialect/revocationEndpoint`` by default, and `nil` without one.
    ///
    /// - Throws: ``TokenError``, as ``request(for:)`` does.
    func revocationRequest(for tokens: TokenSet, by client: ClientCredentials) throws -> WireRequest?

    /// The refusal in an answer, at any status and in any shape; `nil` if the answer is not a refusal.
    func refusal(in response: WireResponse) -> Refusal?

    /// What a refusal means; RFC 6749, section 5.2, by default.
    func remedy(for refusal: Refusal, of exchange: TokenExchange) -> Remedy

    /// The tokens in an answer that is not a refusal.
    ///
    /// - Throws: ``TokenError`` with the code ``TokenError/Code/unreadableAnswer`` if there are none.
    func tokens(in response: WireResponse, for exchange: TokenExchange) throws -> TokenSet

    /// Adds a token to a request, as a `Bearer` header by default (RFC 6750, section 2.1); called for each attempt.
    ///
    /// The session checks the request against the API origins again afterwards.
    ///
    /// - Throws: any error; nothing is sent, and the caller gets a ``TokenError``, scrubbed of the token and the client's secret,
    ///   with the code ``TokenError/Code/invalidRequest`` if the error was another type.
    func authorize(_ request: inout WireRequest, for access: ResourceAccess) throws

    /// Whether an API's answer rejects the token; status 401 by default (RFC 6750, section 3.1).
    func isTokenRejection(_ response: WireResponse) -> Bool
}

extension ProviderDialect {
    public var conventions: WireConventions { WireConventions() }
    public func apiOrigins(for extras: [String: Secret]) throws -> APIOrigins { apiOrigins }
    public var authorizationEndpoint: URL? { nil }
    public var revocationEndpoint: URL? { nil }
    public var issuer: String? { nil }

    public func request(for exchange: TokenExchange) throws -> WireRequest {
        try conventions.request(for: exchange, to: endpoint(for: exchange.grant))
    }

    public func revocationRequest(for tokens: TokenSet, by client: ClientCredentials) throws -> WireRequest? {
        try revocationEndpoint.map { try conventions.revocation(of: tokens, by: client, at: $0) }
    }

    public func refusal(in response: WireResponse) -> Refusal? {
        RefusalReader.refusal(in: response, conventions)
    }

    public func remedy(for refusal: Refusal, of exchange: TokenExchange) -> Remedy {
        conventions.remedy(for: refusal, of: exchange)
    }

    public func tokens(in response: WireResponse, for exchange: TokenExchange) throws -> TokenSet {
        try conventions.tokens(in: response, for: exchange)
    }

    public func authorize(_ request: inout WireRequest, for access: ResourceAccess) throws {
        try conventions.place(access.token, in: &request)
    }

    public func isTokenRejection(_ response: WireResponse) -> Bool {
        response.status == 401 || conventions.rejects(response, by: refusal)
    }

    /// The endpoint of a grant.
    ///
    /// - Throws: ``TokenError`` with the code ``TokenError/Code/unsupportedGrant`` if there is none.
    func endpoint(for grant: Grant) throws -> URL {
        guard let endpoint = tokenEndpoint(for: grant) else {
            throw TokenError(
                .unsupportedGrant,
                "The provider \(name) does not support the grant \(ProviderText.clean(grant.type))."
            )
        }
        return endpoint
    }
}
