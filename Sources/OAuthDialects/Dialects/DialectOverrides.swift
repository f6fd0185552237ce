public import Foundation

/// Changes to a dialect; what is `nil`, or not changed, stays as the base dialect has it.
///
/// Each function gets the base dialect as its last argument, so that it can fall back to it.
public struct DialectOverrides: Sendable {
    /// The name; a different name means different store keys.
    public var name: String?

    /// The conventions, at first the base's.
    ///
    /// A part that is changed counts in place of the base's own function for it:
    /// `$0.conventions.refusal.remedies["TOO_OLD"] = .discardGrant`.
    public var conventions: WireConventions

    /// The API origins; those that a token names besides stay.
    public var apiOrigins: APIOrigins?

    /// The API origins of tokens with extras, in place of ``ProviderDialect/apiOrigins(for:)``.
    public var tokenOrigins: (@Sendable ([String: Secret], any ProviderDialect) throws -> APIOrigins)?

    /// The endpoint of a grant.
    public var tokenEndpoint: (@Sendable (Grant, any ProviderDialect) -> URL?)?

    /// The request for an exchange.
    public var request: (@Sendable (TokenExchange, any ProviderDialect) throws -> WireRequest)?

    /// The request that revokes tokens.
    public var revocationRequest: (@Sendable (TokenSet, ClientCredentials, any ProviderDialect) throws -> WireRequest?)?

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

    package init(_ conventions: WireConventions = WireConventions()) { self.conventions = conventions }
}

extension ProviderDialect {
    /// This dialect with some members changed.
    public func overriding(_ change: (inout DialectOverrides) -> Void) -> any ProviderDialect {
        var overrides = DialectOverrides(conventions)
        change(&overrides)
        return OverriddenDialect(base: self, overrides: overrides)
    }
}
