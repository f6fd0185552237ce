internal import OAuthDialects

extension SandboxState {
    /// Ends a token; one that nobody knows is as good as ended (RFC 7009, section 2.2).
    mutating func revoke(_ reading: SandboxReading, _ report: inout SandboxReport) throws(SandboxRefusal) {
        try checkEnvelope(of: reading)
        if let problem = reading.problem { throw problem }
        let client = try client(of: reading)
        guard let text = reading.value("token", rules) else {
            throw SandboxRefusal.misuse(.badRequest, "The field \(rules.name("token")) is missing.")
        }
        if let token = refreshTokens[text], token.client == client {
            report.outcome = "A refresh token is revoked, and its family with it."
            revoke(family: token.family)
        } else if let token = accessTokens[text], token.client == client {
            report.outcome = "An access token is revoked."
            accessTokens[text]?.standing = .revoked
        } else {
            report.outcome = "There is no such token here, which is as good."
        }
    }
}
