import Foundation
import OAuthDialects

/// A session comes to an end with whatever is answered, by a token or by an error with a type, and tells no secret.
func readSession(_ bytes: Data) {
    let response = RawAnswer(bytes).response
    guard let refreshToken = try? RefreshToken(Dialects.refreshToken) else {
        return expect(false, "the refresh token is one")
    }
    for dialect in Dialects.all {
        for identity in Dialects.identities {
            Conversation(dialect: dialect, record: over(refreshToken), identity: identity, answer: response).run()
        }
    }
}

/// A record whose access token is over, and whose refresh token is not.
private func over(_ refreshToken: RefreshToken) -> TokenRecord {
    TokenRecord(
        generation: .init(number: 3, id: "0123456789abcdef"),
        accessToken: "access-token-that-is-over",
        requestedAt: Dialects.date - 7200,
        lifetime: .seconds(3600),
        refreshToken: refreshToken
    )
}
