public import Foundation

extension TokenSession {
    /// Begins the sign-in of this session's person: the URL to send their browser to, for the scopes of its identity.
    ///
    /// - Parameter redirectURI: where the browser comes back to, exactly as registered, and for this provider alone.
    /// - Returns: the attempt, to be kept until the browser comes back.
    /// - Throws: ``TokenError`` as ``ProviderDialect/authorizationRequest(for:by:redirectURI:scopes:staysSignedIn:pkce:parameters:at:)``
    ///   says; ``TokenError/Code/invalidRequest`` if it is no person's session.
    public func authorizationRequest(redirectURI: String) async throws -> SignInAttempt {
        guard case .user(let account) = identity.kind else {
            throw TokenError(.invalidRequest, "This is no person's session.", hint: "Make it with identity: .user(…).")
        }
        let client: ClientCredentials
        client = try await credentialsInTime()
        return try dialect.authorizationRequest(
            for: account,
            by: client,
            redirectURI: redirectURI,
            scopes: identity.scopes,
            at: clock.date
        )
    }

    /// Ends a sign-in: reads the callback and exchanges its code, once, whatever comes of it.
    ///
    /// The attempt has to be out of the reach of another callback by now: taken from ``SignInAttempts``, or deleted.
    ///
    /// - Throws: ``TokenError`` as ``SignInAttempt/grant(in:at:)`` and ``signIn(with:)`` say;
    ///   ``TokenError/Code/invalidRequest`` for the attempt of another account, provider or server.
    public func signIn(with attempt: SignInAttempt, callback: URL) async throws {
        guard case .user(let account) = identity.kind, account == attempt.account else {
            throw TokenError(.invalidRequest, "The sign-in is that of another account than the session.")
        }
        guard attempt.dialect == dialect.name,
            attempt.endpoint == (dialect.authorizationEndpoint?.absoluteString ?? "")
        else {
            throw TokenError(.invalidRequest, "The sign-in is at another provider or server than the session.")
        }
        guard Set(identity.scopes).isSubset(of: attempt.scopes) else {
            throw TokenError(.invalidRequest, "The sign-in asked for fewer scopes than the session is for.")
        }
        try await signIn(with: attempt.grant(in: callback, at: clock.date))
    }
}
