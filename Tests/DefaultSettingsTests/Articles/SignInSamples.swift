import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

// The code of SigningPeopleIn.md, word for word.

private let attempts = SignInAttempts()

private func seller() throws -> TokenSession {
    let merchant = TokenSession(
        dialect: .tiki(.production),
        credentials: try .environment("TIKI"),
        identity: .user(
            try Account("seller-42"),
            scopes: ["inventory", "order"]
        ),
        store: FileTokenStore()
    )
    return merchant
}

private func ownProvider() -> StandardDialect {
    let login = URL(string: "https://login.acme.example")!
    let acme: StandardDialect = .standard(
        name: "acme",
        tokenEndpoint: login.appending(path: "oauth/token"),
        apiHosts: ["api.acme.example"],
        authorizationEndpoint: login.appending(path: "oauth/authorize"),
        revocationEndpoint: login.appending(path: "oauth/revoke"),
        conventions: WireConventions { $0.offlineScope = "offline_access" }
    )
    return acme
}

private func customer(of acme: StandardDialect) throws -> TokenSession {
    let customer = TokenSession(
        dialect: acme,
        credentials: try .environment("ACME"),
        identity: .user(try Account("customer-7"), scopes: ["orders"]),
        store: FileTokenStore()
    )
    return customer
}

private func out(_ merchant: TokenSession, _ sessionID: String) async throws {
    let browser = Secret(sessionID)
    let attempt = try await merchant.beginSignIn(
        redirectURI: "https://app.example/callback/tiki"
    )
    try await attempts.keep(attempt, boundTo: browser)
    redirect(to: attempt.url)
}

private func proven(_ dialect: any ProviderDialect) {
    var conventions = dialect.conventions
    conventions.pkce = .s256
    let withPKCE = dialect.overriding { $0.conventions = conventions }
    _ = withPKCE
}

private func back(_ merchant: TokenSession, _ browser: Secret, _ callback: URL) async throws {
    do {
        let attempt = try await attempts.take(for: callback, boundTo: browser)
        try await merchant.finishSignIn(attempt, callback: callback)
        show("Signed in.")
    } catch let error as TokenError {
        switch error.action {
        case _ where error.code == .signInDeclined:
            show("You said no, and nothing was changed.")
        case .signIn:
            show("That sign-in is over. Begin again.")
        case .retry:
            show("The provider can't sign you in now. Try later.")
        default:
            show("Signing in failed: \(error.message)")
        }
    }
}

private func lacking(_ merchant: TokenSession) {
    let missing = merchant.status.missingScopes
    if !missing.isEmpty {
        let scopes = missing.joined(separator: ", ")
        show("Without \(scopes) some of this will not work.")
    }
}

private func signOut(_ merchant: TokenSession) async throws {
    let result = try await merchant.signOut(revoking: true)
    if [.refused, .failed, .unsupported].contains(result) {
        show("Signed out. Remove the app's access at the provider too.")
    }
}

private func keep(_ attempt: SignInAttempt, in browserSession: inout [String: Data]) throws {
    browserSession["sign-in"] = try attempt.bytes
}

private func end(_ merchant: TokenSession, _ browserSession: inout [String: Data], _ callback: URL) async throws {
    guard let bytes = browserSession.removeValue(forKey: "sign-in") else {
        return show("Begin again.")
    }
    let attempt = try SignInAttempt(bytes: bytes)
    try await merchant.finishSignIn(attempt, callback: callback)
}

private func redirect(to url: URL) {}
private func show(_ words: String) {}

@Test func `The sign-in of the article passes against the sandbox`() async throws {
    let sandbox = ProviderSandbox(.tiki)
    let session = sandbox.session(identity: .user(try Account("seller-42"), scopes: ["inventory", "order"]))
    let attempt = try await session.beginSignIn(
        redirectURI: "https://app.example/callback"
    )
    let callback = try sandbox.signIn(at: attempt.url, .grantOnly(["order"]))
    try await session.finishSignIn(attempt, callback: callback)
    #expect(session.status.missingScopes == ["inventory"])
    #expect(try await session.signOut(revoking: true) == .unsupported)
}

@Test func `A user of the article's own provider signs in, and is signed out there too`() async throws {
    let sandbox = ProviderSandbox(.speaking(ownProvider()))
    let session = sandbox.session(identity: .user(try Account("customer-7"), scopes: ["orders"]))
    let attempt = try await session.beginSignIn(redirectURI: "https://app.example/callback/acme")
    let callback = try sandbox.signIn(at: attempt.url)
    try await session.finishSignIn(attempt, callback: callback)
    #expect(session.status.hasRefreshToken)
    #expect(sandbox.complaints == [])
    #expect(try await session.signOut(revoking: true) == .revoked)
}

@Test func `No shipped dialect names a revocation endpoint`() {
    #expect(WeTixDialect.weTix(.production).revocationEndpoint == nil)
    #expect(RevenueMonsterDialect.revenueMonster(.production).revocationEndpoint == nil)
    #expect(TikiDialect.tiki(.production).revocationEndpoint == nil)
}
