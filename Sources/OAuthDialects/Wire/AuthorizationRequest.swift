public import Foundation

/// What a person's browser is sent to an authorization endpoint with (RFC 6749, section 4.1.1), before it is spelled.
public struct AuthorizationRequest: Sendable {
    /// The client that asks.
    public var clientID: String

    /// Where the browser comes back to, exactly as it is registered with the provider.
    public var redirectURI: String

    /// The scopes that are asked for.
    public var scopes: [String]

    /// What ties the answer to this request (RFC 6749, section 10.12).
    public var state: Secret

    /// The S256 challenge (RFC 7636, section 4.2); `nil` without PKCE.
    public var codeChallenge: String?

    /// Parameters beside the standard ones, such as `prompt`.
    public var parameters: [WireField]

    /// Makes a request.
    public init(
        clientID: String,
        redirectURI: String,
        scopes: [String],
        state: Secret,
        codeChallenge: String? = nil,
        parameters: [WireField] = []
    ) {
        self.clientID = clientID
        self.redirectURI = redirectURI
        self.scopes = scopes
        self.state = state
        self.codeChallenge = codeChallenge
        self.parameters = parameters
    }
}

extension WireConventions {
    /// The URL of an authorization request, in this provider's spelling.
    ///
    /// - Throws: ``TokenError`` with the code ``TokenError/Code/insecureEndpoint`` for an endpoint that is neither https nor
    ///   loopback, ``TokenError/Code/invalidRequest`` for a scope that can't be one and a parameter that is there twice,
    ///   ``TokenError/Code/invalidCredentials`` for an empty client id.
    public func authorizationURL(for request: AuthorizationRequest, at endpoint: URL) throws -> URL {
        let origin = try Origin(of: endpoint)
        guard origin.isSecure || origin.isLoopback else {
            throw TokenError(.insecureEndpoint, "The authorization endpoint at \(origin) is not https.")
        }
        guard !request.clientID.isEmpty else { throw TokenError(.invalidCredentials, "The client id is empty.") }
        try request.scopes.forEach(check)
        var fields = [
            WireField(name("response_type"), "code"),
            WireField(name("client_id"), request.clientID),
            WireField(name("redirect_uri"), request.redirectURI),
        ]
        if !request.scopes.isEmpty {
            fields.append(WireField(name("scope"), request.scopes.joined(separator: scopeSeparator)))
        }
        fields.append(WireField(name("state"), secret: request.state))
        if let challenge = request.codeChallenge {
            fields.append(WireField(name("code_challenge"), challenge))
            fields.append(WireField(name("code_challenge_method"), "S256"))
        }
        fields += request.parameters
        return try Self.url(endpoint.absoluteString, fields)
    }

    private static func url(_ endpoint: String, _ fields: [WireField]) throws -> URL {
        let there = try QueryFields(of: endpoint).names
        var names = Set(there)
        for field in fields where !names.insert(field.name).inserted {
            throw TokenError(.invalidRequest, "The parameter \(ProviderText.clean(field.name)) is there twice.")
        }
        // A space as %20, which every server takes; a `+` is one to some alone.
        let pairs = fields.map { "\(QueryFields.encode($0.name))=\(QueryFields.encode($0.value.revealed))" }
        let joint = endpoint.contains("?") ? (there.isEmpty ? "" : "&") : "?"
        guard !endpoint.contains("#"), let url = URL(string: endpoint + joint + pairs.joined(separator: "&")) else {
            throw TokenError(.invalidRequest, "The authorization endpoint has a fragment, or is no URL.")
        }
        return url
    }

    /// RFC 6749, section 3.3: visible ASCII but `"` and `\`; and nothing that would make two scopes of one.
    private func check(_ scope: String) throws {
        let isScope =
            !scope.isEmpty && !scope.contains(scopeSeparator)
            && scope.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x22 && $0 != 0x5C }
        guard isScope else {
            throw TokenError(.invalidRequest, "\"\(ProviderText.clean(scope))\" can't be a scope.")
        }
    }
}
