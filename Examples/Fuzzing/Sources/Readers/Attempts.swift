import Foundation
import OAuthDialects

/// A sign-in that is read is written and read again as the same, prints without its secrets, and reads any callback.
func readAttempt(_ bytes: Data) {
    guard let attempt = typed("reading a sign-in", { try SignInAttempt(bytes: bytes) }) else { return }
    let secrets = [attempt.state, attempt.codeVerifier].compactMap { $0?.revealed }.filter { $0.utf8.count > 24 }
    // The account's name is shown, and these bytes may name it by anything.
    let hidden = secrets.filter { !attempt.account.name.contains($0) && !attempt.dialect.contains($0) }
    expectNoSecret(hidden, in: "\(attempt)", "a printed sign-in")
    guard let written = typed("writing a sign-in", { try attempt.bytes }),
        let again = typed("reading what was written", { try SignInAttempt(bytes: written) })
    else { return expect(false, "a sign-in that was read can be written") }
    expect(again.state == attempt.state && again.redirectURI == attempt.redirectURI, "a sign-in is read as written")
    expect(again.url == attempt.url && again.scopes == attempt.scopes, "a sign-in is read as written")
    for text in [attempt.redirectURI, attempt.redirectURI + "?code=abc&state=" + attempt.state.revealed] {
        guard let url = URL(string: text) else { continue }
        _ = typed("reading a callback") { try attempt.grant(in: url, at: attempt.madeAt) }
    }
}
