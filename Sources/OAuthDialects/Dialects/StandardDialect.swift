public import Foundation

/// RFC 6749 as it stands, for a provider that needs no dialect of its own.
public struct StandardDialect: ShippedDialect {
    package let facts: ProviderFacts

    package init(
        name: String,
        tokenEndpoint: URL,
        refreshEndpoint: URL? = nil,
        apiHosts: [String],
        authorizationEndpoint: URL? = nil,
        revocationEndpoint: URL? = nil,
        issuer: String? = nil,
        conventions: WireConventions = WireConventions()
    ) {
        facts = ProviderFacts(
            name: name,
            conventions: conventions,
            apiOrigins: APIOrigins(apiHosts),
            tokenEndpoint: tokenEndpoint,
            refreshEndpoint: refreshEndpoint,
            takesOtherGrants: true,
            authorizationEndpoint: authorizationEndpoint,
            revocationEndpoint: revocationEndpoint,
            issuer: issuer
        )
    }
}

extension ProviderDialect where Self == StandardDialect {
    /// RFC 6749 without changes, with the endpoints that a provider documents.
    ///
    /// - Parameters:
    ///   - name: a stable lower-case ASCII name.
    ///   - tokenEndpoint: where grants are exchanged.
    ///   - refreshEndpoint: where refresh tokens are exchanged, if that is elsewhere.
    ///   - apiHosts: the hosts that tokens may be sent to, as ``APIOrigins/init(_:)`` takes them.
    ///   - authorizationEndpoint: where a person signs in.
    ///   - revocationEndpoint: where tokens are revoked.
    ///   - issuer: what the provider calls itself in its callbacks (RFC 9207), if it documents that it does.
    ///   - conventions: what the provider does differently from RFC 6749.
    /// - Returns: the dialect.
    public static func standard(
        name: String,
        tokenEndpoint: URL,
        refreshEndpoint: URL? = nil,
        apiHosts: [String],
        authorizationEndpoint: URL? = nil,
        revocationEndpoint: URL? = nil,
        issuer: String? = nil,
        conventions: WireConventions = WireConventions()
    ) -> Self {
        StandardDialect(
            name: name,
            tokenEndpoint: tokenEndpoint,
            refreshEndpoint: refreshEndpoint,
            apiHosts: apiHosts,
            authorizationEndpoint: authorizationEndpoint,
            revocationEndpoint: revocationEndpoint,
            issuer: issuer,
            conventions: conventions
        )
    }
}
