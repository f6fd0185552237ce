public import Foundation

extension WireConventions {
    /// The request for an exchange: RFC 6749's, spelled by these conventions.
    ///
    /// - Throws: ``TokenError`` with the code ``TokenError/Code/invalidCredentials`` if the client's credentials can't be sent
    ///   that way, ``TokenError/Code/insecureEndpoint`` for an endpoint that is neither https nor loopback,
    ///   ``TokenError/Code/invalidRequest`` for a field that a JSON body would contain twice.
    public func request(for exchange: TokenExchange, to endpoint: URL) throws -> WireRequest {
        var fields = fields(of: exchange)
        let isClient = if case .clientCredentials = exchange.grant { true } else { false }
        let isInHeader = [.basic, .basicFormEncoded].contains(request.clientAuthentication)
        if request.repeatsClientID, isInHeader, !isClient {
            fields.append(WireField(name(.clientID), exchange.credentials.id))
        }
        return try request(fields: fields, by: exchange.credentials, to: endpoint)
    }

    /// A form may repeat a field that an app adds; a JSON object can't.
    private static func checkNamesDiffer(_ fields: [WireField]) throws {
        var names: Set<String> = []
        for field in fields where !names.insert(field.name).inserted {
            throw TokenError(
                .invalidRequest,
                "The field \(ProviderText.clean(field.name)) appears twice; a JSON body can contain it once."
            )
        }
    }

    /// Fields of answers alone: a request may use their names, as GitHub's revocation does with `access_token`.
    private static let answerFields: Set<Field> = [
        .accessToken, .tokenType, .expiresIn, .expiresAt, .refreshTokenExpiresIn, .refreshTokenExpiresAt, .idToken,
    ]

    /// Two fields that these conventions give one name would take each other's place.
    private func checkNames() throws {
        var fields: [String: Field] = [:]
        for field in Field.all where !request.omitted.contains(field) && !Self.answerFields.contains(field) {
            guard !name(field).isEmpty else {
                throw TokenError(.invalidRequest, "The conventions give the field \(field.standardName) an empty name.")
            }
            guard let other = fields.updateValue(field, forKey: name(field)) else { continue }
            throw TokenError(
                .invalidRequest,
                "The conventions call \(other.standardName) and \(field.standardName) by the same name, \(ProviderText.clean(name(field)))."
            )
        }
    }

    /// A request of fields by an authenticated client.
    func request(fields: [WireField], by credentials: ClientCredentials, to endpoint: URL) throws -> WireRequest {
        _ = try Origin(carryingSecretsTo: endpoint)
        if !self.request.names.isEmpty { try checkNames() }
        var fields = fields
        var headers: WireHeaders = ["Accept": "application/json", "User-Agent": UserAgent.value]
        try authenticate(credentials, headers: &headers, fields: &fields)
        switch self.request.bodyEncoding {
        case .query:
            return WireRequest("GET", try Self.url(endpoint.absoluteString, fields), headers: headers)
        case .form:
            return WireRequest("POST", endpoint, headers: headers, body: .form(fields))
        case .json:
            try Self.checkNamesDiffer(fields)
            return WireRequest("POST", endpoint, headers: headers, body: .json(fields))
        }
    }
}

/// The `User-Agent` of token requests.
enum UserAgent {
    static let version = "0.1.0"
    static let value = "OAuthDialects/\(version) (Swift)"
}
