internal import OAuthDialects

extension SandboxState {
    /// Throws unless an API request contains a valid access token.
    func authorize(_ reading: SandboxReading, at now: SessionInstant) throws(SandboxRefusal) {
        guard let header = reading.authorization else {
            throw SandboxRefusal.misuse(.missingToken, "There is no Authorization header.")
        }
        guard header.hasPrefix("Bearer "), header.utf8.count > 7 else {
            throw SandboxRefusal.misuse(.missingToken, "The Authorization header is not Bearer followed by a token.")
        }
        let text = String(header.dropFirst(7))
        guard let token = accessTokens[text] else {
            guard refreshTokens[text] == nil else {
                throw SandboxRefusal.misuse(.invalidToken, "A refresh token must never be sent to an API.")
            }
            throw SandboxRefusal(.invalidToken, "The token is unknown.")
        }
        guard token.standing != .revoked else { throw SandboxRefusal(.invalidToken, "The token is revoked.") }
        guard token.expiresAt > now else { throw SandboxRefusal(.expiredToken, "The token has expired.") }
    }

    /// The route for a request with a valid token.
    func route(for reading: SandboxReading) throws(SandboxRefusal) -> SandboxRoute {
        let routes = routes.filter { $0.path == reading.path }
        guard !routes.isEmpty else {
            throw SandboxRefusal.misuse(.notFound, "The path has no route; add one with stub(_:_:json:).")
        }
        guard let route = routes.last(where: { $0.method == reading.method }) else {
            throw SandboxRefusal.misuse(.methodNotAllowed, "The route for this path has another method.")
        }
        return route
    }
}
