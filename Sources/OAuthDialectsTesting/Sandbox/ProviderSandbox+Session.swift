public import Foundation
public import OAuthDialects

extension ProviderSandbox {
    /// The provider's dialect for a server root, by default ``baseURL``.
    public func dialect(at url: URL? = nil, apiHosts: [String] = []) -> any ProviderDialect {
        rules.dialect(url ?? baseURL, apiHosts)
    }

    /// Creates a session with this provider's dialect, credentials, transport, and clock.
    ///
    /// - Parameters:
    ///   - url: the root of a served sandbox; by default ``baseURL``.
    ///   - dialect: a dialect to test instead of the shipped one.
    ///   - identity: whose session it is.
    ///   - signer: signs API requests.
    ///   - store: stores the tokens.
    ///   - transport: sends the requests; by default the sandbox itself.
    ///   - policy: when and how often to renew, and how long callers wait.
    ///   - onEvent: receives the session's events.
    /// - Returns: a session without a token.
    public func session(
        at url: URL? = nil,
        dialect: (any ProviderDialect)? = nil,
        identity: Identity = .client(),
        signer: (any RequestSigner)? = nil,
        store: any TokenStore = InMemoryTokenStore(),
        transport: (any WireTransport)? = nil,
        policy: RenewalPolicy = RenewalPolicy(),
        onEvent: (@Sendable (SessionEvent) -> Void)? = nil
    ) -> TokenSession {
        TokenSession(
            dialect: dialect ?? self.dialect(at: url),
            credentials: credentials,
            identity: identity,
            signer: signer,
            store: store,
            transport: transport ?? self,
            policy: policy,
            clock: clock,
            onEvent: onEvent
        )
    }

    /// The URL of a path such as `/v3/orders`, beneath ``baseURL``.
    public func url(_ path: String) -> URL {
        baseURL.appending(path: path, directoryHint: .notDirectory)
    }

    /// An authorization code for `TokenSession.signIn(with:)`, valid once and for 10 minutes.
    ///
    /// - Parameters:
    ///   - scopes: the granted scopes; Tiki issues a refresh token only for `offline`.
    ///   - redirectURI: the redirect URI of the authorization request, which the token request repeats.
    ///   - codeVerifier: the PKCE verifier (RFC 7636), if any.
    /// - Returns: the grant with the code.
    public func issueCode(
        scopes: [String] = [],
        redirectURI: String? = "https://app.example/callback",
        codeVerifier: Secret? = nil
    ) -> Grant {
        let text = SandboxText.code()
        let end = clock.now + .seconds(600)
        state.change { state in
            let family = state.nextFamily()
            state.codes[text] = IssuedCode(
                client: credentials.id,
                scopes: scopes,
                redirectURI: redirectURI,
                verifier: codeVerifier?.revealed,
                expiresAt: end,
                family: family
            )
        }
        return .authorizationCode(Secret(text), redirectURI: redirectURI, codeVerifier: codeVerifier)
    }
}
