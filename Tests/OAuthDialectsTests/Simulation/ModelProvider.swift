import OAuthDialects

/// A provider as a value: it gives tokens, rotates them, and kills a family whose spent token comes back.
struct ModelProvider {
    /// How it behaves, for good.
    struct Traits {
        var rotates = true
        var lifetime: Duration? = .seconds(3600)
        var refreshLifetime: Duration?
        var givesRefreshTokens = true
        var handsBackSameToken = false
        var refusesEarly = false
    }

    private struct Family {
        var generation = 0
        var isRevoked = false
        var refreshEnd: SessionInstant?
        var access = ""
    }

    private struct Access {
        let family: Int
        let end: SessionInstant?
        var isRevoked = false
    }

    var traits: Traits
    private var families: [Family] = []
    private var accesses: [String: Access] = [:]

    init(_ traits: Traits) {
        self.traits = traits
    }

    /// Any grant but a refresh token: a new family.
    mutating func begin(at now: SessionInstant, forPerson: Bool) -> TokenSet? {
        if traits.handsBackSameToken, !forPerson, let family = families.indices.last, let set = sameAgain(family, now) {
            return set
        }
        families.append(Family(refreshEnd: traits.refreshLifetime.map { now + $0 }))
        return issue(families.count - 1, at: now)
    }

    /// - Returns: `nil` for a refusal.
    mutating func refresh(_ text: String, at now: SessionInstant) -> TokenSet? {
        guard let (family, generation) = Self.parts(text), !families[family].isRevoked else { return nil }
        if generation != families[family].generation {
            revoke(family: family)
            return nil
        }
        if let end = families[family].refreshEnd, end <= now { return nil }
        // The session counts from when it asked, up to ten seconds before the provider does.
        if traits.refusesEarly, isGood(families[family].access, at: now + .seconds(10)) { return nil }
        if traits.handsBackSameToken, let set = sameAgain(family, now) { return set }
        if traits.rotates { families[family].generation += 1 }
        families[family].refreshEnd = traits.refreshLifetime.map { now + $0 }
        return issue(family, at: now)
    }

    /// Whether the API takes an access token.
    func isGood(_ access: String, at now: SessionInstant) -> Bool {
        guard let found = accesses[access], !found.isRevoked else { return false }
        return found.end.map { now < $0 } ?? true
    }

    /// Whether a refresh token would be taken, once no access token of its family works.
    func takes(_ refresh: String, at now: SessionInstant) -> Bool {
        guard let (family, generation) = Self.parts(refresh) else { return false }
        let found = families[family]
        return !found.isRevoked && found.generation == generation && (found.refreshEnd.map { now < $0 } ?? true)
    }

    /// Whether another refresh token took the place of this one.
    func hasReplaced(_ refresh: String) -> Bool {
        Self.parts(refresh).map { families[$0.family].generation > $0.generation } ?? false
    }

    mutating func revokeAccess(_ text: String) {
        accesses[text]?.isRevoked = true
    }

    mutating func revokeLastFamily() {
        if let family = families.indices.last { revoke(family: family) }
    }

    private mutating func revoke(family: Int) {
        families[family].isRevoked = true
        for (text, access) in accesses where access.family == family { accesses[text]?.isRevoked = true }
    }

    private mutating func sameAgain(_ family: Int, _ now: SessionInstant) -> TokenSet? {
        let text = families[family].access
        guard isGood(text, at: now), let end = accesses[text]?.end, end - now > .seconds(2) else { return nil }
        let left = Duration.seconds(Int64((end - now) / .seconds(1)))
        return try? TokenSet(accessToken: Secret(text), lifetime: left, refreshToken: refreshToken(of: family))
    }

    private mutating func issue(_ family: Int, at now: SessionInstant) -> TokenSet? {
        let text = "access-\(accesses.count + 1)"
        accesses[text] = Access(family: family, end: traits.lifetime.map { now + $0 })
        families[family].access = text
        return try? TokenSet(
            accessToken: Secret(text),
            lifetime: traits.lifetime,
            refreshToken: refreshToken(of: family),
            refreshTokenLifetime: traits.givesRefreshTokens ? traits.refreshLifetime : nil
        )
    }

    private func refreshToken(of family: Int) -> RefreshToken? {
        traits.givesRefreshTokens ? try? RefreshToken("refresh-\(family)-\(families[family].generation)") : nil
    }

    private static func parts(_ text: String) -> (family: Int, generation: Int)? {
        let parts = text.split(separator: "-")
        guard parts.count == 3, let family = Int(parts[1]), let generation = Int(parts[2]) else { return nil }
        return (family, generation)
    }
}
