internal import Foundation

/// The parameters of an authorization request (RFC 6749, section 4.1.1), before they are spelled for a provider.
package struct AuthorizationRequest: Sendable {
    package var clientID: String

    /// Where the browser is sent back to, exactly as registered with the provider.
    package var redirectURI: String

    package var scopes: [String]

    /// Ties the callback to this request (RFC 6749, section 10.12).
    package var state: Secret

    /// The S256 challenge (RFC 7636, section 4.2); `nil` without PKCE.
    package var codeChallenge: String?

    /// More parameters, such as `prompt`.
    package var parameters: [WireField]

    package init(
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
    /// The authorization endpoint with the parameters of a request, as these conventions spell them.
    func authorizationURL(for request: AuthorizationRequest, at endpoint: URL) throws -> URL {
        _ = try Origin(carryingSecretsTo: endpoint)
        guard !request.clientID.isEmpty else { throw TokenError(.invalidCredentials, "The client id is empty.") }
        try request.scopes.forEach(check)
        guard !request.scopes.isEmpty || !signInNeedsScope else {
            throw TokenError(.invalidRequest, "The provider requires at least one scope to sign in.")
        }
        var fields = [
            word(.responseType, "code"),
            word(.clientID, request.clientID),
            word(.redirectURI, request.redirectURI),
        ]
        if !request.scopes.isEmpty {
            fields.append(word(.scope, request.scopes.joined(separator: scopeSeparator)))
        }
        fields.append(WireField(name(.state), secret: request.state))
        if let challenge = request.codeChallenge {
            fields.append(WireField(name(.codeChallenge), challenge))
            fields.append(WireField(name(.codeChallengeMethod), "S256"))
        }
        try request.parameters.forEach(check)
        fields += request.parameters
        return try Self.url(endpoint.absoluteString, fields)
    }

    /// A parameter with this provider's name and word for the value.
    private func word(_ field: Field, _ value: String) -> WireField {
        WireField(name(field), request.values[field]?[value] ?? value)
    }

    static func url(_ endpoint: String, _ fields: [WireField]) throws -> URL {
        let there = try QueryFields(of: endpoint).names
        var names = Set(there)
        for field in fields where !names.insert(field.name).inserted {
            throw TokenError(.invalidRequest, "The parameter \(ProviderText.clean(field.name)) appears twice.")
        }
        // A space is sent as %20, which every server decodes; only some decode a `+`.
        let pairs = fields.map { "\(QueryFields.encode($0.name))=\(QueryFields.encode($0.value.revealed))" }
        let joint = endpoint.contains("?") ? (there.isEmpty ? "" : "&") : "?"
        guard !endpoint.contains("#"), let url = URL(string: endpoint + joint + pairs.joined(separator: "&")) else {
            throw TokenError(.invalidRequest, "The endpoint has a fragment or is not a valid URL.")
        }
        return url
    }

    /// The protocol's own parameters, which a session sets or leaves out: an app that sets one breaks its own sign-in.
    ///
    /// `request` and `request_uri` would take the place of all others (RFC 9101).
    private static let ownParameters = [
        "response_type", "client_id", "client_secret", "redirect_uri", "scope", "state", "code_challenge",
        "code_challenge_method", "code_verifier", "request", "request_uri",
    ]

    private func check(_ parameter: WireField) throws {
        let isOwn = Self.ownParameters.contains {
            JSONFields.isSame(parameter.name.utf8, $0.utf8) || parameter.name == Field($0).map(name)
        }
        guard isOwn || parameter.name.isEmpty else { return }
        throw TokenError(
            .invalidRequest,
            "The parameter \"\(ProviderText.clean(parameter.name))\" can't be added to an authorization request.",
            hint: "The session sets the parameters of the protocol itself; scopes belong to its identity."
        )
    }

    /// RFC 6749, section 3.3: visible ASCII except `"` and `\`; and no separator.
    private func check(_ scope: String) throws {
        let isScope =
            !scope.isEmpty && !scope.contains(scopeSeparator)
            && scope.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x22 && $0 != 0x5C }
        guard isScope else {
            throw TokenError(.invalidRequest, "\"\(ProviderText.clean(scope))\" is not a valid scope.")
        }
    }
}
