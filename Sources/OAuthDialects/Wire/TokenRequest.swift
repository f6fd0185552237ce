public import Foundation

extension WireConventions {
    /// The request for an exchange: RFC 6749's, spelled by these conventions.
    ///
    /// - Throws: ``TokenError`` with the code ``TokenError/Code/invalidCredentials`` if the client's credentials can't be sent
    ///   that way, ``TokenError/Code/insecureEndpoint`` for an endpoint that is neither https nor loopback,
    ///   ``TokenError/Code/invalidRequest`` for a field that a JSON body would contain twice.
    public func request(for exchange: TokenExchange, to endpoint: URL) throws -> WireRequest {
        try request(fields: fields(of: exchange.grant), by: exchange.credentials, to: endpoint)
    }

    /// A form may repeat a field; a JSON object can't.
    private static func checkNamesDiffer(_ fields: [WireField]) throws {
        var names: Set<String> = []
        for field in fields where !names.insert(field.name).inserted {
            throw TokenError(
                .invalidRequest,
                "The field \(ProviderText.clean(field.name)) appears twice; a JSON body can contain it once."
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

/// The `User-Agent` of token requests.
enum UserAgent {
    static let version = "0.1.0"
    static let value = "OAuthDialects/\(version) (Swift)"
}
