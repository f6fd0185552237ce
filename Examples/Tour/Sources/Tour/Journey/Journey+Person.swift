import OAuthDialects
import OAuthDialectsTesting

extension Journey {
    /// Tiki issues the client no refresh token; a user's session has one, and keeps its token when the refresh is refused.
    func leadPersonToSignIn() async throws {
        try await timeline.step("Refresh refused", "a seller's session, since the client has no refresh token") {
            let seller = TokenSession(
                dialect: session.dialect,
                credentials: sandbox.credentials,
                identity: .user(try Account("seller-4711"), scopes: ["order", "offline"]),
                transport: transport,
                onEvent: timeline.session
            )
            let signIn = try await counting {
                timeline.app("seller.signIn(with: the code from the callback)")
                try await seller.signIn(with: sandbox.issueCode(scopes: ["order", "offline"]))
                timeline.app("seller.renew()")
                _ = try await seller.renew()
            }
            timeline.check(
                signIn.exchanges(of: "authorization_code") == 1 && signIn.exchanges(of: "refresh_token") == 1,
                "one token request by the code, one by the refresh token"
            )
            timeline.provider("revokes the refresh token")
            sandbox.revokeRefreshTokens()
            var code: TokenError.Code?
            let change = try await counting {
                timeline.app("seller.renew()")
                do { _ = try await seller.renew() } catch let error as TokenError { code = error.code }
            }
            timeline.check(code == .refused, "renew() throws refused; nobody has to sign in while the token works")
            timeline.check(
                change.exchanges(of: "client_credentials") == 0,
                "the seller's session did not continue as the application"
            )
            timeline.check(seller.currentAccessToken != nil, "the session serves the token that works")
            return "a seller's session reports it, and serves its token"
        }
    }
}
