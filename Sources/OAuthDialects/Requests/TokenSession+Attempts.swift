extension TokenSession {
    /// Runs an operation with a token, and once more with a new token if the API rejected it.
    ///
    /// The operation runs on the caller's actor. The second result is returned as it is; the first is returned if the session
    /// backs off, or if the rejection is not about the token. After a dead sign-in the operation still runs with the token in hand,
    /// and an acceptance ends that state.
    ///
    /// - Throws: ``TokenError`` if there is no token, with ``TokenError/delivery`` `.notSent`, or `.rejected` if the operation has
    ///   reported a rejection; ``TokenError/Code/signInRequired`` if the rejection shows that a user has to sign in; any error that the operation throws. A ``TokenRejection`` that the operation
    ///   throws counts as ``TokenSession/Attempt/rejected(_:)``, and reaches the caller if the API rejects the second token too.
    public func withAccessToken<Value>(
        _ operation: (AccessToken) async throws -> Attempt<Value>
    ) async throws -> Value {
        try await attempt { token in
            do {
                switch try await operation(token) {
                case .accepted(let value): return (.success(value), .accepted)
                case .rejected(let value): return (.success(value), .rejected)
                }
            } catch let rejection as TokenRejection {
                return (.failure(rejection), .rejected)
            }
        }
    }

    /// What an answer says about the token.
    enum Verdict {
        case accepted
        case rejected

        /// The answer, a 503 for instance, says nothing about the token.
        case unknown
    }

    /// Runs an operation, and if it `repeats` once more with a new token; otherwise the next call uses the new token.
    func attempt<Value>(
        repeats: Bool = true,
        _ operation: (AccessToken) async throws -> (Result<Value, any Error>, Verdict)
    ) async throws -> Value {
        let token = try await marking(.notSent) { try await tokenForRequest() }
        let (first, verdict) = try await operation(token)
        guard verdict == .rejected else {
            if verdict == .accepted { send(.tokenAccepted(token)) }
            return try first.get()
        }
        let replacement: AccessToken
        do {
            replacement = try await marking(.rejected) { try await self.replacement(of: token) }
        } catch let error as TokenError where !repeats && !error.isAboutRejection {
            return try first.get()
        }
        if !repeats || replacement == token { return try first.get() }
        let (second, secondVerdict) = try await operation(replacement)
        switch secondVerdict {
        case .accepted: send(.tokenAccepted(replacement))
        case .rejected:
            send(.replacementRejected(replacement, of: token))
            if identity.isStatic { throw SessionMachine.staticTokenRejected.naming(dialect.name).delivered(.rejected) }
        case .unknown: break
        }
        return try second.get()
    }

    /// A token other than the one that the API rejected; the same one if no other can be obtained, or there is no reason to.
    private func replacement(of token: AccessToken) async throws -> AccessToken {
        try await self.token { .tokenRejected(token, by: $0, timeout: policy.timeout) }
    }
}
