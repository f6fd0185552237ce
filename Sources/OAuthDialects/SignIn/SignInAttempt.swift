public import Foundation

/// One sign-in that has begun: the URL to send the browser to, and what is needed to check the callback.
///
/// It is valid for ten minutes and for one callback. ``SignInAttempts`` keeps attempts and returns each once; a server that
/// keeps them itself binds them to the browser's session and deletes each before it finishes the sign-in.
public struct SignInAttempt: Sendable, Equatable {
    /// How long an attempt is valid: ten minutes.
    package static let lifetime = Duration.seconds(600)

    /// The URL to send the browser to.
    public let url: URL

    /// The dialect's name.
    public let dialect: String

    /// The user's account.
    public let account: Account

    /// Where the provider sends the browser back to; a different one for each provider (RFC 9700, section 2.1).
    public let redirectURI: String

    /// Ties the callback to this attempt.
    package let state: Secret

    /// The PKCE verifier (RFC 7636, section 4.1); `nil` without PKCE.
    package let codeVerifier: Secret?

    /// The scopes that were asked for.
    package let scopes: [String]

    /// When the attempt was made, by the wall clock.
    package let madeAt: Date

    /// The authorization endpoint; it distinguishes the provider's servers.
    let endpoint: String

    /// The issuer that the callback must name; `nil` if the dialect has none.
    let issuer: String?

    /// Whether the attempt has expired, or is dated in the future.
    func isOver(at date: Date) -> Bool {
        let age = date.timeIntervalSince(madeAt)
        return age > Self.lifetime / .seconds(1) || age < -60
    }
}

extension SignInAttempt: Redacted {
    package var redacted: String {
        "SignInAttempt(\(dialect), \(account.shown), made \(madeAt.formatted(.iso8601)))"
    }
}
