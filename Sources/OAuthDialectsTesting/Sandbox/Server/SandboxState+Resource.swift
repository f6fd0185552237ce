internal import OAuthDialects

extension SandboxState {
    /// Throws unless an API request contains a valid access token where the provider expects it.
    func authorize(_ reading: SandboxReading, at now: SessionInstant) throws(SandboxRefusal) {
        let text = try token(in: reading)
        guard let token = accessTokens[text] else {
            guard refreshTokens[text] == nil else {
                throw SandboxRefusal.misuse(.invalidToken, "A refresh token must never be sent to an API.")
            }
            throw SandboxRefusal(.invalidToken, "The token is unknown.")
        }
        guard token.standing != .revoked else { throw SandboxRefusal(.invalidToken, "The token is revoked.") }
        guard token.expiresAt > now else { throw SandboxRefusal(.expiredToken, "The token has expired.") }
    }

    private func token(in reading: SandboxReading) throws(SandboxRefusal) -> String {
        switch rules.placement {
        case .bearer:
            return try token(inHeader: "Authorization", scheme: "Bearer", of: reading)
        case .header(let name, let scheme):
            return try token(inHeader: name, scheme: scheme, of: reading)
        case .query(let name):
            let field = RequestFields.inQuery(of: reading.request)?.first { $0.name == name && !$0.value.isEmpty }
            guard let field else {
                throw SandboxRefusal.misuse(.missingToken, "The URL has no parameter \(name) with the token.")
            }
            return field.value
        }
    }

    private func token(
        inHeader name: String,
        scheme: String?,
        of reading: SandboxReading
    ) throws(SandboxRefusal) -> String {
        guard let header = reading.headers[name], !header.isEmpty else {
            throw SandboxRefusal.misuse(.missingToken, "There is no \(name) header.")
        }
        guard let scheme, !scheme.isEmpty else { return header }
        guard header.hasPrefix(scheme + " "), header.utf8.count > scheme.utf8.count + 1 else {
            throw SandboxRefusal.misuse(.missingToken, "The \(name) header is not \(scheme) followed by a token.")
        }
        return String(header.dropFirst(scheme.count + 1))
    }

    /// Throws if the user's test objects to a request.
    func object(to reading: SandboxReading) throws(SandboxRefusal) {
        guard let words = rules.objection?(reading.request) else { return }
        throw SandboxRefusal.misuse(.badRequest, words)
    }

    /// The route for a request with a valid token; a route with exactly its path precedes one with a `*`.
    func route(for reading: SandboxReading) throws(SandboxRefusal) -> SandboxRoute {
        let routes = routes.filter { $0.path == reading.path || $0.covers(reading.path) }
        guard !routes.isEmpty else {
            throw SandboxRefusal.misuse(.notFound, "The path has no route; add one with stub(_:_:json:).")
        }
        let answering = routes.filter { $0.method == reading.method }
        guard let route = answering.last(where: { $0.path == reading.path }) ?? answering.last else {
            throw SandboxRefusal.misuse(.methodNotAllowed, "The route for this path has another method.")
        }
        return route
    }
}
