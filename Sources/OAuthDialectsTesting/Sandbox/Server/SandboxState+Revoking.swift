internal import OAuthDialects

extension SandboxState {
    /// Revokes a token; an unknown token is not an error (RFC 7009, section 2.2).
    mutating func revoke(_ reading: SandboxReading, _ report: inout SandboxReport) throws(SandboxRefusal) {
        try checkEnvelope(of: reading)
        if let problem = reading.problem { throw problem }
        let client = try client(of: reading)
        guard let text = reading.value("token", rules) else {
            throw SandboxRefusal.misuse(.badRequest, "The field \(rules.name("token")) is missing.")
        }
        if let token = refreshTokens[text], token.client == client {
            report.outcome = "Revoked a refresh token and its family."
            revoke(family: token.family)
        } else if let token = accessTokens[text], token.client == client {
            report.outcome = "Revoked an access token."
            accessTokens[text]?.standing = .revoked
        } else {
            report.outcome = "Revoked nothing: the token is unknown."
        }
    }
}
