internal import Foundation
internal import OAuthDialects

extension SandboxState {
    mutating func nextFamily() -> Int {
        families += 1
        return families
    }

    /// Issues tokens; `keeping` is an existing refresh token to return instead of a new one.
    mutating func issue(
        _ grant: String,
        _ client: String,
        _ scopes: [String],
        family: Int,
        keeping: String? = nil,
        at now: SessionInstant
    ) -> SandboxIssue {
        let lifetime = settings.accessTokenLifetime ?? rules.accessLifetime(grant)
        let refreshLifetime = settings.refreshTokenLifetime ?? rules.refreshLifetime
        let token = IssuedToken(
            grant: grant,
            client: client,
            scopes: scopes,
            family: family,
            expiresAt: now + lifetime
        )
        let accessToken = SandboxText.token(rules.accessShape)
        accessTokens[accessToken] = token
        var refreshToken = keeping
        if keeping == nil, rules.givesRefreshToken(grant, scopes) {
            let text = SandboxText.token(rules.refreshShape)
            refreshTokens[text] = IssuedToken(
                grant: grant,
                client: client,
                scopes: scopes,
                family: family,
                expiresAt: now + refreshLifetime
            )
            refreshToken = text
        }
        let refreshEnd = refreshToken.flatMap { refreshTokens[$0]?.expiresAt } ?? now
        return SandboxIssue(
            grant: grant,
            accessToken: accessToken,
            // Rounded down, as in the providers' samples.
            lifetime: Int(lifetime.components.seconds),
            refreshToken: refreshToken,
            refreshLifetime: Int((refreshEnd - now).components.seconds),
            scopes: scopes,
            date: date
        )
    }

    /// The existing valid token for the client and scopes, which Revenue Monster appears to return again.
    func living(_ client: String, _ scopes: [String], at now: SessionInstant) -> SandboxIssue? {
        let living = accessTokens.first { _, token in
            token.client == client && token.grant == "client_credentials" && token.scopes == scopes
                && token.standing == .live && token.expiresAt > now
        }
        guard let (text, token) = living else { return nil }
        let refresh = refreshTokens.first { $0.value.family == token.family && $0.value.standing == .live }
        return SandboxIssue(
            grant: token.grant,
            accessToken: text,
            lifetime: Int((token.expiresAt - now).components.seconds),
            refreshToken: refresh?.key,
            refreshLifetime: Int(((refresh?.value.expiresAt ?? now) - now).components.seconds),
            scopes: scopes,
            date: date
        )
    }

    mutating func revoke(family: Int) {
        for (text, token) in accessTokens where token.family == family { accessTokens[text]?.standing = .revoked }
        for (text, token) in refreshTokens where token.family == family { refreshTokens[text]?.standing = .revoked }
    }

    mutating func revokeAccessTokens() {
        for text in accessTokens.keys { accessTokens[text]?.standing = .revoked }
    }

    mutating func revokeRefreshTokens() {
        for text in refreshTokens.keys { refreshTokens[text]?.standing = .revoked }
    }
}

/// Generates random tokens and codes in the providers' formats.
enum SandboxText {
    private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
    private static let characters = letters + Array("0123456789-_")

    static func token(_ shape: SandboxRules.TokenShape) -> String {
        switch shape {
        case .threeParts: [36, 120, 43].map { text(characters, $0) }.joined(separator: ".")
        case .letters(let count): text(letters, count)
        case .twoParts: text(characters, 43) + "." + text(characters, 43)
        }
    }

    /// A date as headers state it (RFC 9110, section 5.6.7).
    static func httpDate(_ date: Date) -> String {
        let style = Date.VerbatimFormatStyle(
            format: """
                \(weekday: .abbreviated), \(day: .twoDigits) \(month: .abbreviated) \(year: .padded(4)) \
                \(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\(minute: .twoDigits):\(second: .twoDigits) GMT
                """,
            locale: Locale(identifier: "en_US_POSIX"),
            timeZone: TimeZone(secondsFromGMT: 0) ?? .gmt,
            calendar: Calendar(identifier: .gregorian)
        )
        return date.formatted(style)
    }

    static func code() -> String {
        text(characters, 64)
    }

    private static func text(_ characters: [Character], _ count: Int) -> String {
        String((0..<count).map { _ in characters.randomElement() ?? "x" })
    }
}
