internal import OAuthDialects

extension SandboxState {
    /// Throws unless an API request carries a token that is good.
    func authorize(_ reading: SandboxReading, at now: SessionInstant) throws(SandboxRefusal) {
        guard let header = reading.authorization else {
            throw SandboxRefusal.misuse(.missingToken, "There is no Authorization header.")
        }
        guard header.hasPrefix("Bearer "), header.utf8.count > 7 else {
            throw SandboxRefusal.misuse(.missingToken, "The Authorization header is not Bearer with a token.")
        }
        let text = String(header.dropFirst(7))
        guard let token = accessTokens[text] else {
            guard refreshTokens[text] == nil else {
                throw SandboxRefusal.misuse(.invalidToken, "It is a refresh token, which no API may ever see.")
            }
            throw SandboxRefusal(.invalidToken, "There is no such token here.")
        }
        guard token.standing != .revoked else { throw SandboxRefusal(.invalidToken, "The token is revoked.") }
        guard token.expiresAt > now else { throw SandboxRefusal(.expiredToken, "The token is over.") }
    }

    /// What a request with a good token reaches.
    func route(for reading: SandboxReading) throws(SandboxRefusal) -> SandboxRoute {
        let routes = routes.filter { $0.path == reading.path }
        guard !routes.isEmpty else {
            throw SandboxRefusal.misuse(.notFound, "The sandbox has no such path; stub(_:_:json:) adds one.")
        }
        guard let route = routes.last(where: { $0.method == reading.method }) else {
            throw SandboxRefusal.misuse(.methodNotAllowed, "The path takes another method.")
        }
        return route
    }
}
