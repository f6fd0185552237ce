extension TokenSession {
    /// Signs in with what a person brought back, or with an imported refresh token.
    ///
    /// The grant is sent once. What the session had before is replaced only if the provider accepts the grant.
    ///
    /// - Throws: ``TokenError``, with the code ``TokenError/Code/invalidRequest`` for the application's own grant in a user's
    ///   session; `CancellationError` if the task is cancelled, while the token request goes on.
    public func signIn(with grant: Grant) async throws {
        if !identity.canRepeat, case .clientCredentials = grant {
            throw TokenError(
                .invalidRequest,
                "A user's session can't be signed in as the application.",
                hint: "Make a session of its own for the application, with the identity .client()."
            )
        }
        _ = try await wait { .signInRequested(by: $0, grant) }
    }

    /// Ends the session: forgets its tokens, answers its callers, and replaces its record, in this order.
    ///
    /// An answer that is still on its way brings nothing back. Only a sign-in starts the session again. The sign-out goes on if the
    /// caller is cancelled.
    ///
    /// - Parameter revoking: whether to tell the provider as well (RFC 7009), if it documents how.
    /// - Throws: ``TokenError`` if the record could not be replaced; this session is signed out all the same.
    public func signOut(revoking: Bool = false) async throws {
        _ = try await wait { .signOutRequested(by: $0, revoking: revoking) }
    }
}
