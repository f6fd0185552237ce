public import Foundation

/// RFC 6749 as it stands, for a provider that needs no dialect of its own.
public struct StandardDialect: ProviderDialect {
    public let name: String
    public let conventions: WireConventions
    public let apiOrigins: APIOrigins
    public let authorizationEndpoint: URL?
    public let revocationEndpoint: URL?
    public let issuer: String?
    private let tokenEndpoint: URL
    private let refreshEndpoint: URL

    /// Makes a dialect from what a provider documents.
    ///
    /// - Parameters:
    ///   - name: a stable lower-case ASCII name.
    ///   - tokenEndpoint: where grants are exchanged.
    ///   - refreshEndpoint: where refresh tokens are exchanged, if that is elsewhere.
    ///   - apiHosts: the hosts that tokens may be sent to, as ``APIOrigins/init(hosts:)`` takes them.
    ///   - authorizationEndpoint: where a person signs in.
    ///   - revocationEndpoint: where tokens are revoked.
    ///   - issuer: what the provider calls itself in its callbacks (RFC 9207), if it documents that it does.
    ///   - conventions: what the provider does otherwise than RFC 6749.
    public init(
        name: String,
        tokenEndpoint: URL,
        refreshEndpoint: URL? = nil,
        apiHosts: [String],
        authorizationEndpoint: URL? = nil,
        revocationEndpoint: URL? = nil,
        issuer: String? = nil,
        conventions: WireConventions = WireConventions()
    ) {
        self.name = name
        self.tokenEndpoint = tokenEndpoint
        self.refreshEndpoint = refreshEndpoint ?? tokenEndpoint
        self.apiOrigins = APIOrigins(hosts: apiHosts)
        self.authorizationEndpoint = authorizationEndpoint
        self.revocationEndpoint = revocationEndpoint
        self.issuer = issuer
        self.conventions = conventions
    }

    public func tokenEndpoint(for grant: Grant) -> URL? {
        if case .refreshToken = grant { refreshEndpoint } else { tokenEndpoint }
    }
}

extension ProviderDialect where Self == StandardDialect {
    /// RFC 6749 as it stands, with a provider's endpoints.
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
