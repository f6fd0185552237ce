public import Foundation

/// Changes to a dialect; what is `nil` stays as the base dialect has it.
///
/// Each function gets the base dialect as its last argument, so that it can fall back to it.
public struct DialectOverrides: Sendable {
    /// The name; a different name means different store keys.
    public var name: String?

    /// The conventions; token requests are then made from them.
    public var conventions: WireConventions?

    /// The API origins.
    public var apiOrigins: APIOrigins?

    /// The endpoint of a grant.
    public var tokenEndpoint: (@Sendable (Grant, any ProviderDialect) -> URL?)?

    /// The request for an exchange.
    public var request: (@Sendable (TokenExchange, any ProviderDialect) throws -> WireRequest)?

    /// Reads refusals.
    public var refusal: (@Sendable (WireResponse, any ProviderDialect) -> Refusal?)?

    /// Decides what a refusal means.
    public var remedy: (@Sendable (Refusal, TokenExchange, any ProviderDialect) -> Remedy)?

    /// Reads token answers.
    public var tokens: (@Sendable (WireResponse, TokenExchange, any ProviderDialect) throws -> TokenSet)?

    /// Adds a token to a request.
    public var authorize: (@Sendable (inout WireRequest, ResourceAccess, any ProviderDialect) throws -> Void)?

    /// Decides whether an API's answer rejects the token.
    public var isTokenRejection: (@Sendable (WireResponse, any ProviderDialect) -> Bool)?

    /// Where users sign in.
    public var authorizationEndpoint: URL?

    /// The issuer that callbacks must name.
    public var issuer: String?

    /// Where tokens are revoked.
    public var revocationEndpoint: URL?

    package init() {}
}

extension ProviderDialect {
    /// This dialect with some members changed.
    public func overriding(_ change: (inout DialectOverrides) -> Void) -> any ProviderDialect {
        var overrides = DialectOverrides()
        change(&overrides)
        return OverriddenDialect(base: self, overrides: overrides)
    }
}
