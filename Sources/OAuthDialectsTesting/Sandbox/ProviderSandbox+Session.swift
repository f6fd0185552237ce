public import Foundation
public import OAuthDialects

extension ProviderSandbox {
    /// The provider's dialect for a server root, ``baseURL`` unless told.
    public func dialect(at url: URL? = nil, apiHosts: [String] = []) -> any ProviderDialect {
        rules.dialect(url ?? baseURL, apiHosts)
    }

    /// A session with this provider: dialect, credentials, transport and clock are set.
    ///
    /// - Parameters:
    ///   - url: the server's root where the sandbox is served; ``baseURL`` unless told.
    ///   - dialect: another dialect than the shipped one, which the sandbox then judges.
    ///   - identity: whose session it is.
    ///   - signer: signs API requests.
    ///   - store: where tokens are kept.
    ///   - transport: what carries requests; the sandbox itself unless told.
    ///   - policy: when to renew, how often, and how long anybody waits.
    ///   - onEvent: is told what happens.
    /// - Returns: a session that has asked for nothing yet.
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

    /// A code as somebody brings it back from signing in, to be handed to `TokenSession.signIn(with:)`; good once, for 10 min.
    ///
    /// - Parameters:
    ///   - scopes: what was granted; Tiki gives a refresh token for `offline` alone.
    ///   - redirectURI: where the code came back to, which has to be sent along with it.
    ///   - codeVerifier: the verifier of the sign-in (RFC 7636), if there was one.
    /// - Returns: the grant with the code in it.
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
