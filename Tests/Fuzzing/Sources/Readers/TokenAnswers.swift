import Foundation
import OAuthDialects

/// A token set is usable, prints without its tokens, and lives on as a record.
func readTokenAnswer(_ body: Data) {
    let response = WireResponse(status: 200, headers: ["Content-Type": "application/json"], body: body)
    for dialect in Dialects.all {
        _ = dialect.refusal(in: response)
        for exchange in (try? Dialects.exchanges()) ?? [] {
            guard let tokens = typed("reading tokens", { try dialect.tokens(in: response, for: exchange) }) else {
                continue
            }
            expectUsable(tokens)
            expectSameWhenStored(tokens)
        }
    }
}

private let century = Duration.seconds(100 * 365 * 86400)

func expectUsable(_ tokens: TokenSet) {
    for text in [tokens.accessToken, tokens.refreshToken?.value, tokens.idToken].compactMap({ $0?.revealed }) {
        expect((1...16384).contains(text.utf8.count), "a token has 1 byte to 16 KiB")
        expect(text.utf8.allSatisfy { (0x21...0x7E).contains($0) }, "a token is visible ASCII")
        if text.utf8.count > 24 { expectNoSecret([text], in: "\(tokens)", "a printed token set") }
    }
    for lifetime in [tokens.lifetime, tokens.refreshTokenLifetime].compactMap(\.self) {
        expect((.zero...century).contains(lifetime), "a lifetime is none or up to a century")
    }
}

/// Writes the tokens as a stored record, which has to be read with the same tokens.
private func expectSameWhenStored(_ tokens: TokenSet) {
    var fields: [String: Any] = [
        "version": 1, "generation": 1, "generationID": "0123456789abcdef", "isRefreshSent": false,
        "requestedAt": Dialects.date.timeIntervalSince1970, "accessToken": tokens.accessToken.revealed,
        "scopes": tokens.scopes ?? [],
    ]
    fields["lifetime"] = tokens.lifetime?.components.seconds
    fields["refreshToken"] = tokens.refreshToken?.value.revealed
    fields["idToken"] = tokens.idToken?.revealed
    let record = typed("storing tokens") {
        try TokenRecord(bytes: JSONSerialization.data(withJSONObject: fields), for: StoredFields.key)
    }
    guard let read = record.flatMap(StoredFields.init) else { return expect(false, "a record can be written") }
    expect(read.accessToken == tokens.accessToken.revealed, "the access token is read as it was written")
    expect(read.refreshToken == tokens.refreshToken?.value.revealed, "the refresh token is read as it was written")
    expect(read.idToken == tokens.idToken?.revealed, "the ID token is read as it was written")
    expect(read.scopes == tokens.scopes ?? [], "the scopes are read as they were written")
    expect(read.lifetime == tokens.lifetime?.components.seconds, "the lifetime is read as it was written")
}
