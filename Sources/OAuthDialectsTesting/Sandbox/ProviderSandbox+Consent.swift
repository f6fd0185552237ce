public import Foundation
internal import OAuthDialects

extension ProviderSandbox {
    /// Signs a person in at the authorization endpoint and returns the callback URL.
    ///
    /// ``complaints`` lists what was incorrect about the request.
    ///
    /// - Throws: ``SandboxPage`` if the provider would not redirect, because the client or the redirect URI is wrong.
    public func signIn(at url: URL, _ consent: SandboxConsent = .grant) throws(SandboxPage) -> URL {
        let (now, date) = (clock.now, clock.date)
        let outcome = state.change { $0.consent(to: url, consent, now: now, date: date) }
        switch outcome {
        case .back(let back): return back
        case .page(let words): throw SandboxPage(description: words)
        }
    }

    /// The client's registered redirect URIs; `nil` allows any.
    public var redirectURIs: [String]? {
        get { state.withLock { $0.settings.redirectURIs } }
        set { state.change { $0.settings.redirectURIs = newValue } }
    }

    /// The `iss` parameter of its callbacks (RFC 9207); by default the dialect's; none of the shipped providers documents one.
    public var issuer: String? {
        get { state.withLock { $0.settings.issuer } }
        set { state.change { $0.settings.issuer = newValue } }
    }
}
