package import Foundation

extension ProviderDialect {
    /// The URL of an authorization request: the authorization endpoint with parameters as the conventions spell them.
    ///
    /// - Throws: ``TokenError`` with the code ``TokenError/Code/unsupportedGrant`` if there is no authorization endpoint,
    ///   ``TokenError/Code/insecureEndpoint`` if it is neither https nor loopback, ``TokenError/Code/invalidRequest`` for an
    ///   invalid scope or a repeated parameter, ``TokenError/Code/invalidCredentials`` for an empty client id.
    package func authorizationURL(for request: AuthorizationRequest) throws -> URL {
        guard let endpoint = authorizationEndpoint else {
            throw TokenError(
                .unsupportedGrant,
                "The provider \(name) documents no authorization endpoint.",
                hint: "If the provider gave you one, pass it to the dialect as authorizationEndpoint."
            )
        }
        return try conventions.authorizationURL(for: request, at: endpoint)
    }
}
