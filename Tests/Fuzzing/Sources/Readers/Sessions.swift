import Foundation
import OAuthDialects
import OAuthDialectsTesting

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

/// A record whose access token has expired, and whose refresh token has not.
func over(_ refreshToken: RefreshToken) -> TokenRecord {
    .sample(
        generation: 3,
        accessToken: "access-token-that-is-over",
        refreshToken: refreshToken,
        requestedAt: Dialects.date - 7200
    )
}
