import OAuthDialects

extension WireConventions {
    /// The request for an exchange by these conventions, at a dialect's endpoint for its grant.
    ///
    /// For dialects whose conventions depend on the grant.
    ///
    /// - Throws: ``TokenError`` with the code `unsupportedGrant` if the dialect has no such endpoint, else as `request(for:to:)`.
    func request(for exchange: TokenExchange, at dialect: some ProviderDialect) throws -> WireRequest {
        guard let endpoint = dialect.tokenEndpoint(for: exchange.grant) else {
            throw TokenError(.unsupportedGrant, "\(dialect.name) does not support the grant \(exchange.grant.type).")
        }
        return try request(for: exchange, to: endpoint)
    }
}
