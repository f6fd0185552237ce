public import Foundation

extension WireConventions {
    /// The request for an exchange, as RFC 6749 has it in this provider's spelling.
    ///
    /// - Throws: ``TokenError`` with the code ``TokenError/Code/invalidCredentials`` if the client can't be sent as the
    ///   provider wants it, ``TokenError/Code/insecureEndpoint`` for an endpoint that is neither https nor loopback,
    ///   ``TokenError/Code/invalidRequest`` for a field that a JSON body would have twice.
    public func request(for exchange: TokenExchange, to endpoint: URL) throws -> WireRequest {
        try request(fields: fields(of: exchange.grant), by: exchange.credentials, to: endpoint)
    }

    /// A form may repeat a field; of two members of a JSON object one would be lost.
    private static func checkNamesDiffer(_ fields: [WireField]) throws {
        var names: Set<String> = []
        for field in fields where !names.insert(field.name).inserted {
            throw TokenError(
                .invalidRequest,
                "The field \(ProviderText.clean(field.name)) is there twice, which a JSON body can't say."
            )
        }
    }

    /// A `POST` of fields by an authenticated client.
    func request(fields: [WireField], by credentials: ClientCredentials, to endpoint: URL) throws -> WireRequest {
        _ = try Origin(carryingSecretsTo: endpoint)
        var fields = fields
        var headers: WireHeaders = ["Accept": "application/json", "User-Agent": UserAgent.value]
        try authenticate(credentials, headers: &headers, fields: &fields)
        guard bodyEncoding == .json else { return WireRequest("POST", endpoint, headers: headers, body: .form(fields)) }
        try Self.checkNamesDiffer(fields)
        return WireRequest("POST", endpoint, headers: headers, body: .json(fields))
    }
}

/// The honest name this package goes by.
enum UserAgent {
    static let version = "0.1.0"
    static let value = "OAuthDialects/\(version) (Swift)"
}
