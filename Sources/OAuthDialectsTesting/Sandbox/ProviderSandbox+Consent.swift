public import Foundation
internal import OAuthDialects

extension ProviderSandbox {
    /// Follows a person to the authorization endpoint, and comes back with the URL that their browser is sent to.
    ///
    /// What no client should have asked is in ``complaints``.
    ///
    /// - Throws: ``SandboxPage`` where a browser would stay at the provider's: the client or the redirect URI is wrong.
    public func signIn(at url: URL, _ consent: SandboxConsent = .grant) throws(SandboxPage) -> URL {
        let (now, date) = (clock.now, clock.date)
        let outcome = state.change { $0.consent(to: url, consent, now: now, date: date) }
        switch outcome {
        case .back(let back): return back
        case .page(let words): throw SandboxPage(description: words)
        }
    }

    /// The redirect URIs that the client is registered with; `nil` is any.
    public var redirectURIs: [String]? {
        get { state.withLock { $0.settings.redirectURIs } }
        set { state.change { $0.settings.redirectURIs = newValue } }
    }

    /// What it calls itself in its callbacks (RFC 9207); `nil` unless told, as none of the providers documents that it does.
    public var issuer: String? {
        get { state.withLock { $0.settings.issuer } }
        set { state.change { $0.settings.issuer = newValue } }
    }
}
