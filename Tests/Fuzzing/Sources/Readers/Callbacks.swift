import Foundation
import OAuthDialects

/// A code is taken out of nothing but an answer to the attempt, and the texts of the provider show no secret.
func readCallback(_ bytes: Data) {
    guard let url = URL(string: String(decoding: bytes, as: UTF8.self)) else { return }
    for attempt in attempts {
        let (fields, error) = CallbackSession(attempt: attempt, date: Dialects.date).read(url)
        if let fields { expectAnswer(url, to: attempt, gives: fields) }
        guard let error else { continue }
        expect(error is TokenError, "reading a callback fails by a TokenError")
        expectPresentable(error)
        expectNoSecret([state, verifier], in: "\(error)", "a refused callback")
    }
}

private let state = "state-3c9d41"
private let verifier = "verifier-8e02"

private func expectAnswer(_ url: URL, to attempt: SignInAttempt, gives grant: [String: String]) {
    let isOurs = grant["redirect_uri"] == attempt.redirectURI && grant["code_verifier"] == verifier
    expect(isOurs, "the grant is the attempt's")
    // The second opinion of Foundation's own reader.
    let expected = URLComponents(string: attempt.redirectURI)
    let found = URLComponents(url: url, resolvingAgainstBaseURL: false)
    expect(found?.scheme?.lowercased() == expected?.scheme?.lowercased(), "the scheme is the redirect URI's")
    expect(found?.host?.lowercased() == expected?.host?.lowercased(), "the host is the redirect URI's")
    expect(found?.fragment == nil, "there is no fragment")
    let states = found?.queryItems?.filter { $0.name == "state" } ?? []
    expect(states.map(\.value) == [state], "the state is there once")
    expect(grant["code"]?.isEmpty == false, "the code is not empty")
}

/// Attempts as the corpus knows them; a state that is long enough to be looked for.
private let attempts: [SignInAttempt] = [
    ("https://app.example/callback/tiki", nil), ("https://app.example:8443/callback?provider=acme", nil),
    ("http://127.0.0.1:8080/", nil), ("com.example.app:/callback", nil),
    ("https://app.example/callback/issuer", "https://auth.example"),
].compactMap { redirectURI, issuer in
    let object: [String: Any] = [
        "version": 1, "url": "https://auth.example/authorize", "dialect": "acme", "account": "somebody",
        "redirectURI": redirectURI, "state": state, "codeVerifier": verifier, "scopes": ["read"],
        "madeAt": Dialects.date.timeIntervalSince1970, "endpoint": "https://auth.example/authorize",
    ].merging(issuer.map { ["issuer": $0] } ?? [:]) { _, new in new }
    return try? SignInAttempt(bytes: JSONSerialization.data(withJSONObject: object))
}
