internal import OAuthDialects

extension SandboxState {
    mutating func refresh(
        _ reading: SandboxReading,
        _ client: String,
        at now: SessionInstant,
        _ report: inout SandboxReport
    ) throws(SandboxRefusal) -> SandboxIssue {
        guard let text = reading.value("refresh_token", rules) else {
            throw SandboxRefusal.misuse(.badRequest, "The field \(rules.name("refresh_token")) is missing.")
        }
        guard let token = refreshTokens[text] else {
            let isAccessToken = accessTokens[text] != nil
            throw SandboxRefusal(
                .invalidGrant,
                isAccessToken ? "The token is an access token, not a refresh token." : "The refresh token is unknown."
            )
        }
        guard token.client == client else {
            throw SandboxRefusal(.invalidGrant, "The refresh token belongs to another client.")
        }
        guard token.standing != .revoked else { throw SandboxRefusal(.invalidGrant, "The refresh token is revoked.") }
        guard token.expiresAt > now else { throw SandboxRefusal(.invalidGrant, "The refresh token has expired.") }
        let rotation = settings.rotation ?? rules.rotation
        let isForgiven = forgives(token)
        guard token.standing == .live || rotation == .fixed || isForgiven else { throw reuse(of: token, rotation) }
        let asked = try scopes(of: reading)
        guard !rules.repeatsScopes || !asked.isEmpty || token.scopes.isEmpty else {
            throw SandboxRefusal.misuse(
                .invalidScope,
                "The field \(rules.name("scope")) is missing: at \(rules.title) a refresh repeats the scopes."
            )
        }
        let scopes = asked.isEmpty ? token.scopes : asked
        guard Set(scopes).isSubset(of: token.scopes) else {
            throw SandboxRefusal(.invalidScope, "The request asks for a scope that was not granted.")
        }
        if rotation == .fixed {
            report.outcome = "Issued an access token; the refresh token stays valid."
            return issue(token.grant, client, scopes, family: token.family, keeping: text, at: now)
        }
        refreshTokens[text]?.standing = .used
        if isForgiven { counters.forgivenReuses += 1 }
        for successor in token.successors { refreshTokens[successor]?.standing = .replaced }
        report.outcome = "Issued an access token and replaced the refresh token."
        let issue = issue(token.grant, client, scopes, family: token.family, at: now)
        if let successor = issue.refreshToken { refreshTokens[text]?.successors.append(successor) }
        return issue
    }

    /// Whether a used token may be used once more, because none of the tokens that it led to has been.
    private func forgives(_ token: IssuedToken) -> Bool {
        settings.forgivesUnusedSuccessors && token.standing == .used
            && token.successors.allSatisfy { [.live, .replaced].contains(refreshTokens[$0]?.standing) }
    }

    private mutating func reuse(of token: IssuedToken, _ rotation: RefreshTokenRotation) -> SandboxRefusal {
        counters.reuses += 1
        guard rotation == .rotating else {
            return SandboxRefusal(.invalidGrant, "The refresh token was already used.")
        }
        revoke(family: token.family)
        return SandboxRefusal(.tokenReused, "The refresh token was already used: its whole family is revoked.")
    }

    mutating func redeem(
        _ reading: SandboxReading,
        _ client: String,
        at now: SessionInstant,
        _ report: inout SandboxReport
    ) throws(SandboxRefusal) -> SandboxIssue {
        guard let text = reading.value("code", rules) else {
            throw SandboxRefusal.misuse(.badRequest, "The field \(rules.name("code")) is missing.")
        }
        guard let code = codes[text] else { throw SandboxRefusal(.invalidGrant, "The code is unknown.") }
        guard !code.isUsed else {
            counters.reuses += 1
            revoke(family: code.family)
            throw SandboxRefusal(.invalidGrant, "The code was already used: the tokens that it yielded are revoked.")
        }
        if rules.spendsCodeOnFailure { codes[text]?.isUsed = true }
        guard code.client == client else { throw SandboxRefusal(.invalidGrant, "The code belongs to another client.") }
        guard code.expiresAt > now else { throw SandboxRefusal(.invalidGrant, "The code has expired.") }
        let redirectURI = reading.value("redirect_uri", rules)
        guard code.redirectURI == redirectURI || rules.notRepeated.contains("redirect_uri") && redirectURI == nil else {
            throw SandboxRefusal(.invalidGrant, "The redirect URI is not the one the code was issued for.")
        }
        let verifier = reading.value("code_verifier", rules)
        let proof = verifier.map { Base64URL.encode(SHA256Digest.of($0.utf8)) }
        let isRight = code.challenge == nil ? code.verifier == verifier : code.challenge == proof
        guard isRight || rules.notRepeated.contains("code_verifier") && verifier == nil else {
            throw SandboxRefusal(.invalidGrant, "The code verifier does not match the authorization request.")
        }
        codes[text]?.isUsed = true
        report.outcome = "Issued an access token for an authorization code."
        return issue("authorization_code", client, code.scopes, family: code.family, at: now)
    }
}
