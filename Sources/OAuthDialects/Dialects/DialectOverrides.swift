public import Foundation

/// Changes to a dialect, each `nil` unless something is to be otherwise; all the rest goes to the dialect beneath.
///
/// Every function is handed the dialect beneath as its last argument, so that it can fall back to it.
public struct DialectOverrides: Sendable {
    /// Another name, which makes another store key.
    public var name: String?

    /// Other conventions; they reach the requests and answers of a dialect that makes them by its conventions.
    public var conventions: WireConventions?

    /// Another API origins.
    public var apiOrigins: APIOrigins?

    /// Another endpoint for a grant.
    public var tokenEndpoint: (@Sendable (Grant, any ProviderDialect) -> URL?)?

    /// Another request for an exchange.
    public var request: (@Sendable (TokenExchange, any ProviderDialect) throws -> WireRequest)?

    /// Another reading of refusals.
    public var refusal: (@Sendable (WireResponse, any ProviderDialect) -> Refusal?)?

    /// Another meaning of refusals.
    public var remedy: (@Sendable (Refusal, TokenExchange, any ProviderDialect) -> Remedy)?

    /// Another reading of token answers.
    public var tokens: (@Sendable (WireResponse, TokenExchange, any ProviderDialect) throws -> TokenSet)?

    /// Another way to put a token on a request.
    public var authorize: (@Sendable (inout WireRequest, ResourceAccess, any ProviderDialect) throws -> Void)?

    /// Another reading of rejections.
    public var isTokenRejection: (@Sendable (WireResponse, any ProviderDialect) -> Bool)?

    /// Where a person signs in instead.
    public var authorizationEndpoint: URL?

    /// What the provider calls itself in its callbacks instead.
    public var issuer: String?

    /// Where tokens are revoked instead.
    public var revocationEndpoint: URL?

    package init() {}
}

extension ProviderDialect {
    /// This dialect with one thing or another changed.
    public func overriding(_ change: (inout DialectOverrides) -> Void) -> any ProviderDialect {
        var overrides = DialectOverrides()
        change(&overrides)
        return OverriddenDialect(base: self, overrides: overrides)
    }
}
