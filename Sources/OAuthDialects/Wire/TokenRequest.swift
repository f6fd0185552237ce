public import Foundation

extension WireConventions {
    /// The request for an exchange, as RFC 6749 has it in this provider's spelling.
    ///
    /// - Throws: ``TokenError`` with the code ``TokenError/Code/invalidCredentials`` if the client can't be sent as the
    ///   provider wants it.
    public func request(for exchange: TokenExchange, to endpoint: URL) throws -> WireRequest {
        try request(fields: fields(of: exchange.grant), by: exchange.credentials, to: endpoint)
    }

    /// A `POST` of fields by an authenticated client.
    func request(fields: [WireField], by credentials: ClientCredentials, to endpoint: URL) throws -> WireRequest {
        var fields = fields
        var headers: WireHeaders = ["Accept": "application/json", "User-Agent": UserAgent.value]
        try authenticate(credentials, headers: &headers, fields: &fields)
        let body: WireBody = self.body == .form ? .form(fields) : .json(fields)
        return WireRequest("POST", endpoint, headers: headers, body: body)
    }
}

/// The honest name this package goes by.
enum UserAgent {
    static let version = "0.1.0"
    static let value = "OAuthDialects/\(version) (Swift)"
}
