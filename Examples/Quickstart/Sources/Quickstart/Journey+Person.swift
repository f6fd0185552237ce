import OAuthDialects
import OAuthDialectsTesting

extension Journey {
    /// Tiki gives the client itself no refresh token; a person's session has one, and goes on without it while its token works.
    func leadPersonToSignIn() async throws {
        timeline.step("5 Refresh token dead", "a person's session, for the client has no refresh token here")
        let person = TokenSession(
            dialect: session.dialect,
            credentials: sandbox.credentials,
            identity: .user(try Account("seller-4711"), scopes: ["order", "offline"]),
            transport: transport,
            onEvent: timeline.session
        )
        let signIn = try await counting {
            timeline.app("person.signIn(with: the code a seller brought back)")
            try await person.signIn(with: sandbox.issueCode(scopes: ["order", "offline"]))
            timeline.app("person.renew()")
            _ = try await person.renew()
        }
        timeline.check(
            signIn.exchanges(of: "authorization_code") == 1 && signIn.exchanges(of: "refresh_token") == 1,
            "one exchange by the code, one by the refresh token it brought"
        )
        timeline.provider("revokes the refresh token")
        sandbox.revokeRefreshTokens()
        var code: TokenError.Code?
        let change = try await counting {
            timeline.app("person.renew()")
            do { _ = try await person.renew() } catch let error as TokenError { code = error.code }
        }
        timeline.check(code == .refused, "the app is told: refused; nobody has to sign in while the token works")
        timeline.check(
            change.exchanges(of: "client_credentials") == 0,
            "a person's session was not continued as the application's own"
        )
        timeline.check(person.currentAccessToken != nil, "the access token in hand goes on being served")
    }
}
