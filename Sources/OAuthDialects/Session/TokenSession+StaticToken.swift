internal import Foundation

/// A session whose token is the secret of its credentials: it exchanges nothing, and stores nothing.
extension TokenSession {
    /// The token of the credentials, in the place of an exchange.
    func staticToken(of client: ClientCredentials) -> ExchangeOutcome {
        do {
            guard let secret = client.secret else {
                throw TokenError(.invalidCredentials, "The credentials have no secret, which is the static token.")
            }
            try TokenText.check(secret, named: "static token", as: .invalidCredentials)
            return .tokens(TokenAnswer(try TokenSet(accessToken: secret), sent: Moment(clock)))
        } catch {
            return .invalid(dialectFailure(error, Scrubber([client.secret].compactMap(\.self))))
        }
    }
}

/// The store of what must not be stored.
struct NoTokenStore: TokenStore {
    func record(for key: SessionKey) -> TokenRecord? { nil }

    func update(_ key: SessionKey, _ body: StoreUpdate.Body) async throws {
        try await body(StoreUpdate(record: nil) { _ in })
    }
}
