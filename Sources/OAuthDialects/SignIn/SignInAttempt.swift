public import Foundation

/// One person's way to a provider and back: where their browser is sent, and what it has to bring back.
///
/// It is good for ten minutes and for one callback. ``SignInAttempts`` keeps attempts and gives each out once; a server that
/// keeps them itself binds them to the browser's own session and deletes them before the code is exchanged.
public struct SignInAttempt: Sendable, Equatable {
    /// How long a person has: ten minutes.
    package static let lifetime = Duration.seconds(600)

    /// Where the browser is sent.
    public let url: URL

    /// The dialect's name.
    public let dialect: String

    /// Whose session it is to be.
    public let account: Account

    /// Where the browser comes back to: one for each provider, so that none can be taken for another (RFC 9700, section 2.1).
    public let redirectURI: String

    /// What ties the callback to this attempt.
    package let state: Secret

    /// The PKCE verifier (RFC 7636, section 4.1); `nil` without PKCE.
    package let codeVerifier: Secret?

    /// The scopes that were asked for.
    package let scopes: [String]

    /// When it was made, by the wall clock.
    package let madeAt: Date

    /// The authorization endpoint, which tells the provider's servers apart.
    let endpoint: String

    /// What the provider has to call itself in the callback; `nil` if it is not known to.
    let issuer: String?

    /// Whether the attempt is over, or dated from a time to come.
    func isOver(at date: Date) -> Bool {
        let age = date.timeIntervalSince(madeAt)
        return age > Self.lifetime / .seconds(1) || age < -60
    }
}

extension SignInAttempt: Redacted {
    package var redacted: String {
        "SignInAttempt(\(dialect), \(ProviderText.escape(account.name)), made \(madeAt.formatted(.iso8601)))"
    }
}
