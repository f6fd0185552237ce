public import Foundation

extension TokenSession {
    /// Begins a user's sign-in: makes the URL to send the browser to, for the scopes of the session's identity.
    ///
    /// - Parameters:
    ///   - redirectURI: where the provider sends the browser back to, exactly as registered: https, http on loopback, or an app's
    ///     own scheme. Use a different one for each provider.
    ///   - parameters: more parameters for the URL, such as `prompt`.
    /// - Returns: the attempt; keep it until the browser comes back.
    /// - Throws: ``TokenError``: ``TokenError/Code/unsupportedGrant`` if the dialect has no authorization endpoint,
    ///   ``TokenError/Code/invalidCredentials`` for a public client where the provider requires a secret,
    ///   ``TokenError/Code/invalidRequest`` for an invalid redirect URI or scope, or if the identity is not a user;
    ///   `CancellationError` if the task is cancelled.
    public func beginSignIn(redirectURI: String, parameters: [String: String] = [:]) async throws -> SignInAttempt {
        guard case .user(let account) = identity.kind else {
            throw TokenError(
                .invalidRequest,
                "Only a session with the identity .user can sign in a user.",
                hint: "Make the session with identity: .user(…)."
            )
        }
        return try dialect.authorizationRequest(
            for: account,
            by: try await context.source.ask(within: policy.exchangeLimits.timeout, clock),
            redirectURI: redirectURI,
            scopes: identity.scopes,
            parameters: parameters.sorted { $0.key < $1.key }.map { WireField($0.key, $0.value) },
            at: clock.date
        )
    }

    /// Finishes a sign-in: reads the callback and exchanges its code, once, even if the exchange fails.
    ///
    /// Before you call this, take the attempt from ``SignInAttempts`` or delete it from your own store, so that no second callback
    /// can use it: a session knows the attempts that it has finished itself, and not those of other processes.
    ///
    /// - Parameters:
    ///   - attempt: what ``beginSignIn(redirectURI:parameters:)`` returned.
    ///   - callback: the whole URL that the browser requested; behind a proxy, the public URL.
    /// - Throws: ``TokenError``: ``TokenError/Code/invalidCallback`` for a URL that does not answer this attempt,
    ///   ``TokenError/Code/signInExpired`` after ten minutes or the second time,
    ///   ``TokenError/Code/signInDeclined`` if the user declined,
    ///   ``TokenError/Code/refused`` or ``TokenError/Code/unavailable`` if the provider did not sign in the user,
    ///   ``TokenError/Code/invalidRequest`` for the attempt of another account, provider, or server; and as ``signIn(with:)``.
    public func finishSignIn(_ attempt: SignInAttempt, callback: URL) async throws {
        guard case .user(let account) = identity.kind, account == attempt.account else {
            throw TokenError(.invalidRequest, "The sign-in belongs to a different account than the session.")
        }
        guard attempt.dialect == dialect.name,
            attempt.endpoint == (dialect.authorizationEndpoint?.absoluteString ?? "")
        else {
            throw TokenError(.invalidRequest, "The sign-in belongs to a different provider or server than the session.")
        }
        guard Set(identity.scopes).isSubset(of: attempt.scopes) else {
            throw TokenError(.invalidRequest, "The sign-in asked for fewer scopes than the session's identity has.")
        }
        let grant = try attempt.grant(in: callback, at: clock.date)
        guard core.withLock({ $0.finishSignIn(attempt.state) }) else {
            throw TokenError(.signInExpired, "The sign-in was already finished.", hint: SignInAttempt.anew)
        }
        try await signIn(with: grant)
    }
}
