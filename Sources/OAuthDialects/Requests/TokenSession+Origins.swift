internal import Foundation

/// Where a token may go: decided for each request, by what came with the token.
extension TokenSession {
    /// Throws unless a token may be sent to a URL.
    func check(_ url: URL, for token: AccessToken) throws { try apiOrigins(for: token.extras).check(url) }

    /// Throws if no token may be sent to a URL; where the answer may name origins, only the token can tell.
    func checkBeforeToken(_ url: URL) throws {
        if dialect.conventions.answer.allExtras.isEmpty {
            try apiOrigins(for: [:]).check(url)
        } else {
            _ = try Origin(carryingSecretsTo: url)
        }
    }

    /// Throws unless tokens may be sent to a URL that a dialect made to revoke them: at one of its endpoints, or at the API.
    func checkRevocation(_ url: URL, of tokens: TokenSet) throws {
        try dialect.apiOrigins.checkEndpoint(url)
        let origin = try Origin(of: url)
        let refresh = (try? RefreshToken("token")).map { [Grant.refreshToken($0)] } ?? []
        let code = Grant.authorizationCode("code", redirectURI: nil, codeVerifier: nil)
        let grants = [.clientCredentials(), code] + refresh
        let endpoints = [dialect.revocationEndpoint, dialect.authorizationEndpoint] + grants.map(dialect.tokenEndpoint)
        if endpoints.contains(where: { $0.flatMap { try? Origin(of: $0) } == origin }) { return }
        try apiOrigins(for: tokens.extras).check(url)
    }

    /// The origins of tokens with these extras, from an answer or from the store.
    func apiOrigins(for extras: [String: Secret]) throws -> APIOrigins {
        do { return try dialect.apiOrigins(for: extras) } catch {
            let failure = TokenError.wrapping(
                error,
                as: .untrustedHost,
                "The dialect could not say where the token may be sent."
            )
            throw Scrubber(Array(extras.values)).scrub(failure)
        }
    }
}
