internal import Foundation
internal import OAuthDialects

extension SandboxState {
    /// Issues tokens for a token request.
    mutating func issue(
        for reading: SandboxReading,
        at now: SessionInstant,
        _ report: inout SandboxReport
    ) throws(SandboxRefusal) -> SandboxIssue {
        try checkEnvelope(of: reading)
        if let problem = reading.problem { throw problem }
        report.complaints += misspellings(in: reading)
        let grant = try grant(of: reading)
        let client = try client(of: reading, presenting: grant)
        try object(to: reading)
        switch grant {
        case "refresh_token": return try refresh(reading, client, at: now, &report)
        case "authorization_code": return try redeem(reading, client, at: now, &report)
        default: return try authenticate(reading, client, at: now, &report)
        }
    }

    func checkEnvelope(of reading: SandboxReading) throws(SandboxRefusal) {
        guard rules.tokenPaths[reading.path] != nil || isRevocation(reading) else {
            let paths = rules.tokenPaths.keys.sorted().joined(separator: " and ")
            throw SandboxRefusal.misuse(
                .notFound,
                "The path is wrong: \(rules.title) takes token requests at \(paths)."
            )
        }
        let method = rules.method(at: reading.path)
        guard reading.method == method else {
            let words =
                method == "POST" ? "a token endpoint takes POST" : "\(rules.title) takes \(method) at this endpoint"
            throw SandboxRefusal.misuse(.methodNotAllowed, "The method is wrong: \(words).")
        }
        guard method == "GET" || reading.query == rules.queries[reading.path] || rules.objection != nil else {
            throw SandboxRefusal.misuse(
                .badRequest,
                "The URL has a query, which ends up in logs; send the fields in the body."
            )
        }
    }

    private func grant(of reading: SandboxReading) throws(SandboxRefusal) -> String {
        guard let grant = reading.grant(rules) else {
            throw SandboxRefusal.misuse(.badRequest, "The field \(rules.name("grant_type")) is missing.")
        }
        if rules.tokenPaths[reading.path]?.contains(grant) == true { return grant }
        if let (path, _) = rules.tokenPaths.first(where: { $0.value.contains(grant) }) {
            throw SandboxRefusal.misuse(.unsupportedGrant, "The path is wrong: the grant \(grant) goes to \(path).")
        }
        throw SandboxRefusal.misuse(.unsupportedGrant, "The grant is not one that \(rules.title) supports.")
    }

    /// Complaints about misspelled and unknown field names.
    private func misspellings(in reading: SandboxReading) -> [String] {
        guard rules.objection == nil else { return [] }
        let standard = [
            "grant_type", "refresh_token", "code", "redirect_uri", "scope", "code_verifier", "client_secret",
        ]
        let names = Set(standard.map(rules.name)).union(rules.harmlessFields)
            .union(rules.client == .body ? [rules.name("client_id")] : [])
        let folded = { (name: String) in name.lowercased().filter { $0 != "_" } }
        return reading.fields.map(\.name).filter { !names.contains($0) }.map { name in
            let meant = names.first { folded($0) == folded(name) }
            return meant.map { "A field is misspelled: \(rules.title) spells it \($0)." }
                ?? "A field is not known to \(rules.title)."
        }
    }

    private mutating func authenticate(
        _ reading: SandboxReading,
        _ client: String,
        at now: SessionInstant,
        _ report: inout SandboxReport
    ) throws(SandboxRefusal) -> SandboxIssue {
        let scopes = try scopes(of: reading)
        if settings.handsOutLivingTokens, let living = living(client, scopes, at: now) {
            report.outcome = "Returned the existing access token."
            return living
        }
        report.outcome = "Issued an access token for the client itself."
        return issue("client_credentials", client, scopes, family: nextFamily(), at: now)
    }

    func scopes(of reading: SandboxReading) throws(SandboxRefusal) -> [String] {
        guard let text = reading.value("scope", rules) else { return [] }
        if rules.scopeSeparator == ",", text.contains(" ") {
            throw SandboxRefusal.misuse(.invalidScope, "Scopes are separated by spaces; \(rules.title) takes commas.")
        }
        let scopes = text.split(separator: rules.scopeSeparator).map(String.init)
        if let known = settings.scopes, !Set(scopes).isSubset(of: known) {
            throw SandboxRefusal(.invalidScope, "A scope is not one that the client may request.")
        }
        return scopes
    }
}
