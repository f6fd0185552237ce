public import Foundation

/// How one provider speaks OAuth 2.0: a value without I/O, state or clock.
///
/// A name, a token endpoint and API origins suffice for a provider that follows RFC 6749; everything else has a default.
/// What commonly differs is data (``conventions``), what rarely differs is a function to implement.
public protocol ProviderDialect: Sendable {
    /// A stable lower-case ASCII name; part of every store key and event.
    var name: String { get }

    /// What RFC 6749 leaves open; the RFC's own conventions by default.
    var conventions: WireConventions { get }

    /// The origins its tokens may be sent to.
    var apiOrigins: APIOrigins { get }

    /// Where a person signs in (RFC 6749, section 3.1); `nil` if the provider documents none.
    var authorizationEndpoint: URL? { get }

    /// What the provider calls itself in the `iss` of its callbacks (RFC 9207), which then must be there; `nil` by default.
    var issuer: String? { get }

    /// Where tokens are revoked (RFC 7009); `nil` if the provider documents none.
    var revocationEndpoint: URL? { get }

    /// Where a grant is exchanged; `nil` if this provider has no such grant.
    func tokenEndpoint(for grant: Grant) -> URL?

    /// The request for an exchange; ``WireConventions/request(for:to:)`` at the grant's endpoint by default.
    ///
    /// - Throws: ``TokenError``; ``TokenError/Code/unsupportedGrant`` for a grant without endpoint,
    ///   ``TokenError/Code/invalidCredentials`` for a client that can't be sent.
    func request(for exchange: TokenExchange) throws -> WireRequest

    /// What the provider said, if an answer is a refusal, at any status and in any shape.
    func refusal(in response: WireResponse) -> Refusal?

    /// What a refusal means; RFC 6749, section 5.2, by default.
    func remedy(for refusal: Refusal, of exchange: TokenExchange) -> Remedy

    /// The tokens in an answer that is no refusal.
    ///
    /// - Throws: ``TokenError`` with the code ``TokenError/Code/unreadableAnswer`` if there are none.
    func tokens(in response: WireResponse, for exchange: TokenExchange) throws -> TokenSet

    /// Puts a token on a request, as a `Bearer` header by default (RFC 6750, section 2.1); called anew for each attempt.
    ///
    /// The request is checked against the ``apiOrigins`` once more afterwards.
    ///
    /// - Throws: anything; the caller gets a ``TokenError``, with the code ``TokenError/Code/invalidRequest`` unless it is one
    ///   already, cleared of the token and the client's secret, and nothing is sent.
    func authorize(_ request: inout WireRequest, for access: ResourceAccess) throws

    /// Whether an API's answer says that the token was no good; status 401 by default (RFC 6750, section 3.1).
    func isTokenRejection(_ response: WireResponse) -> Bool
}

extension ProviderDialect {
    public var conventions: WireConventions { WireConventions() }
    public var authorizationEndpoint: URL? { nil }
    public var revocationEndpoint: URL? { nil }
    public var issuer: String? { nil }

    public func request(for exchange: TokenExchange) throws -> WireRequest {
        try conventions.request(for: exchange, to: endpoint(for: exchange.grant))
    }

    public func refusal(in response: WireResponse) -> Refusal? {
        RefusalReader.refusal(in: response)
    }

    public func remedy(for refusal: Refusal, of exchange: TokenExchange) -> Remedy {
        .standard(for: refusal, of: exchange)
    }

    public func tokens(in response: WireResponse, for exchange: TokenExchange) throws -> TokenSet {
        try conventions.tokens(in: response)
    }

    public func authorize(_ request: inout WireRequest, for access: ResourceAccess) throws {
        request.headers["Authorization"] = access.token.authorizationHeader.revealed
    }

    public func isTokenRejection(_ response: WireResponse) -> Bool {
        response.status == 401
    }

    /// The endpoint of a grant.
    ///
    /// - Throws: ``TokenError`` with the code ``TokenError/Code/unsupportedGrant`` if there is none.
    func endpoint(for grant: Grant) throws -> URL {
        guard let endpoint = tokenEndpoint(for: grant) else {
            throw TokenError(.unsupportedGrant, "The provider \(name) has no grant \(ProviderText.clean(grant.type)).")
        }
        return endpoint
    }
}
