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

private func expectSameWhenStored(_ tokens: TokenSet) {
    let record = TokenRecord(
        generation: .init(number: 1, id: "0123456789abcdef"),
        accessToken: tokens.accessToken,
        requestedAt: Dialects.date,
        lifetime: tokens.lifetime,
        scopes: tokens.scopes ?? [],
        refreshToken: tokens.refreshToken,
        idToken: tokens.idToken
    )
    let read = typed("storing tokens") { try TokenRecord(bytes: record.bytes) }
    expect(read == record, "a record is read as it was written")
}
