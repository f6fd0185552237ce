package import Foundation

extension ProviderDialect {
    /// Begins a user's sign-in: makes the URL to send the browser to, with a new state and PKCE verifier.
    ///
    /// - Parameters:
    ///   - account: the user's account.
    ///   - client: the client's credentials; the secret is not sent.
    ///   - redirectURI: where the provider sends the browser back to, exactly as registered: https, http on loopback, or an
    ///     app's own scheme. Use a different one for each provider.
    ///   - scopes: the scopes to ask for.
    ///   - staysSignedIn: whether to add the scope that yields a refresh token, where there is one: `offline` at Tiki.
    ///   - pkce: overrides the conventions' ``WireConventions/pkce-swift.property``; a public client always uses PKCE.
    ///   - parameters: more parameters, such as `prompt`.
    ///   - date: the wall date.
    /// - Returns: the attempt; keep it until the browser comes back.
    /// - Throws: ``TokenError``; ``TokenError/Code/unsupportedGrant`` if the dialect has no authorization endpoint,
    ///   ``TokenError/Code/invalidCredentials`` for a public client where the provider supports only confidential ones,
    ///   ``TokenError/Code/invalidRequest`` for an invalid redirect URI or scope.
    package func authorizationRequest(
        for account: Account,
        by client: ClientCredentials,
        redirectURI: String,
        scopes: [String],
        staysSignedIn: Bool = true,
        pkce: WireConventions.PKCE? = nil,
        parameters: [WireField] = [],
        at date: Date = Date()
    ) throws -> SignInAttempt {
        _ = try RedirectURI(registered: redirectURI)
        let verifier = try needsVerifier(client, pkce) ? RandomText.make() : nil
        let extra = staysSignedIn ? conventions.offlineScope.map { [$0] } ?? [] : []
        let scopes = scopes + extra.filter { !scopes.contains($0) }
        let state = RandomText.make()
        let url = try authorizationURL(
            for: AuthorizationRequest(
                clientID: client.id,
                redirectURI: redirectURI,
                scopes: scopes,
                state: state,
                codeChallenge: verifier.map { Base64URL.encode(SHA256Digest.of($0.revealed.utf8)) },
                parameters: parameters
            )
        )
        return SignInAttempt(
            url: url,
            dialect: name,
            account: account,
            redirectURI: redirectURI,
            state: state,
            codeVerifier: verifier,
            scopes: scopes,
            madeAt: date,
            endpoint: authorizationEndpoint?.absoluteString ?? "",
            issuer: issuer
        )
    }

    /// A public client always uses PKCE: it has no other proof (RFC 9700, section 2.1.1).
    private func needsVerifier(_ client: ClientCredentials, _ wish: WireConventions.PKCE?) throws -> Bool {
        guard conventions.request.clientAuthentication == .publicClient else {
            guard client.secret?.isEmpty == false else {
                throw TokenError(
                    .invalidCredentials,
                    "The client secret is missing: the provider \(name) supports confidential clients only.",
                    hint: "Sign users in on your server, which can keep the secret."
                )
            }
            return (wish ?? conventions.pkce) == .s256
        }
        guard wish != WireConventions.PKCE.unsupported else {
            throw TokenError(.invalidRequest, "A public client requires PKCE.")
        }
        return true
    }
}

/// Unguessable texts.
enum RandomText {
    /// 256 bits from the system's secure source, as 43 characters for URLs.
    static func make() -> Secret {
        var source = SystemRandomNumberGenerator()
        return Secret(Base64URL.encode((0..<32).map { _ in UInt8.random(in: .min ... .max, using: &source) }))
    }

    /// 32 hexadecimal digits.
    static func nonce() -> String {
        UInt64.random(in: 0 ... .max).hexadecimal + UInt64.random(in: 0 ... .max).hexadecimal
    }
}
