package import Foundation

extension ProviderDialect {
    /// Begins a person's sign-in: the URL to send their browser to, with a state and a verifier of its own.
    ///
    /// - Parameters:
    ///   - account: whose session it is to be.
    ///   - client: the client that asks; its secret is not sent.
    ///   - redirectURI: where the browser comes back to, exactly as registered: https, http on loopback, or an app's own
    ///     scheme. Each provider needs one of its own.
    ///   - scopes: what is asked for.
    ///   - staysSignedIn: whether to ask for a refresh token as well where that takes a scope: `offline` at Tiki.
    ///   - pkce: PKCE on or off; as the dialect's conventions have it unless told. Always on for a public client.
    ///   - parameters: more parameters, such as `prompt`.
    ///   - date: the wall date.
    /// - Returns: the attempt, to be kept until the browser comes back.
    /// - Throws: ``TokenError``; ``TokenError/Code/unsupportedGrant`` if the provider documents nowhere to sign in,
    ///   ``TokenError/Code/invalidCredentials`` for a public client where the provider knows confidential ones only,
    ///   ``TokenError/Code/invalidRequest`` for a redirect URI or a scope that can't be one.
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

    /// A public client has nothing but the verifier (RFC 9700, section 2.1.1), so that it can't be switched off there.
    private func needsVerifier(_ client: ClientCredentials, _ wish: WireConventions.PKCE?) throws -> Bool {
        guard conventions.clientAuthentication == .publicClient else {
            guard client.secret?.isEmpty == false else {
                throw TokenError(
                    .invalidCredentials,
                    "The client secret is missing: the provider \(name) knows confidential clients only.",
                    hint: "Sign people in on a server of yours, which can keep the secret."
                )
            }
            return (wish ?? conventions.pkce) == .s256
        }
        guard wish != WireConventions.PKCE.unsupported else {
            throw TokenError(.invalidRequest, "A public client can't sign in without PKCE.")
        }
        return true
    }
}

/// Texts that nobody can guess.
enum RandomText {
    /// 256 bits from the system's secure source, as 43 characters for URLs.
    static func make() -> Secret {
        var source = SystemRandomNumberGenerator()
        return Secret(Base64URL.encode((0..<32).map { _ in UInt8.random(in: .min ... .max, using: &source) }))
    }
}
