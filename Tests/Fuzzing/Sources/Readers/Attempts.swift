import Foundation
import OAuthDialects

/// A sign-in that is read is written and read again as the same, prints without its secrets, and reads any callback.
func readAttempt(_ bytes: Data) {
    guard let attempt = typed("reading a sign-in", { try SignInAttempt(bytes: bytes) }) else { return }
    let stored = (try? JSONDecoder().decode(Stored.self, from: bytes))
    let secrets = [stored?.state, stored?.codeVerifier].compactMap(\.self).filter { $0.utf8.count > 24 }
    // The account's name is shown, and these bytes may name it by anything.
    let hidden = secrets.filter { !attempt.account.name.contains($0) && !attempt.dialect.contains($0) }
    expectNoSecret(hidden, in: "\(attempt)", "a printed sign-in")
    guard let written = typed("writing a sign-in", { try attempt.bytes }),
        let again = typed("reading what was written", { try SignInAttempt(bytes: written) })
    else { return expect(false, "a sign-in that was read can be written") }
    expect(again == attempt, "a sign-in is read as written")
    let session = CallbackSession(attempt: attempt, date: Date(timeIntervalSince1970: stored?.madeAt ?? 0))
    for text in [attempt.redirectURI, attempt.redirectURI + "?code=abc&state=" + (stored?.state ?? "")] {
        guard let url = URL(string: text) else { continue }
        _ = typed("reading a callback") { if let error = session.read(url).error { throw error } }
    }
}

/// What the bytes of a sign-in hold that it does not show.
private struct Stored: Decodable {
    let state: String
    let codeVerifier: String?
    let madeAt: Double
}
