import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

/// A provider with names of its own and a nested answer.
private struct OwnNames: ProviderDialect {
    let name = "own-names"
    let apiOrigins: APIOrigins = ["api.own.example"]
    let conventions = WireConventions {
        $0.request.bodyEncoding = .json
        $0.request.clientAuthentication = .publicClient
        $0.refreshTokenRotation = .rotates
    }
    let authorizationEndpoint = URL(string: "https://own.example/login")

    func tokenEndpoint(for grant: Grant) -> URL? {
        switch grant {
        case .authorizationCode: URL(string: "https://own.example/token/get")
        case .refreshToken: URL(string: "https://own.example/token/refresh")
        default: nil
        }
    }

    func request(for exchange: TokenExchange) throws -> WireRequest {
        guard let endpoint = tokenEndpoint(for: exchange.grant) else { throw TokenError(.unsupportedGrant, "No.") }
        var fields = [
            WireField("app_key", exchange.credentials.id),
            WireField("app_secret", secret: exchange.credentials.secret ?? ""),
        ]
        switch exchange.grant {
        case .authorizationCode(let code, _, _): fields.append(WireField("auth_code", secret: code))
        case .refreshToken(let token, _): fields.append(WireField("refresh", secret: token.value))
        default: break
        }
        fields.append(WireField("kind", exchange.grant.type))
        return WireRequest("POST", endpoint, body: .json(fields))
    }

    func tokens(in response: WireResponse, for exchange: TokenExchange) throws -> TokenSet {
        let object = try? JSONSerialization.jsonObject(with: response.body) as? [String: Any]
        guard let data = object?["data"] as? [String: Any], let token = data["token"] as? String else {
            throw TokenError(.unreadableAnswer, "No token.")
        }
        return try TokenSet(
            accessToken: Secret(token),
            lifetime: (data["expires_in"] as? Int).map { .seconds($0) },
            refreshToken: (data["refresh_token"] as? String).map { try RefreshToken($0) }
        )
    }
}

@Suite(.timeLimit(.minutes(5)))
struct SandboxSpeakingTests {
    private let shape = TokenAnswerShape.nested(in: "data", renaming: ["access_token": "token"], beside: #""code":0"#)

    @Test func `A provider with names of its own is played by its dialect's own requests`() async throws {
        let sandbox = ProviderSandbox(.speaking(OwnNames(), answer: shape))
        sandbox.stub("GET", "/orders", json: "[]")
        let session = sandbox.session(identity: .user(try Account("ann")))
        try await session.signIn(with: sandbox.issueCode(redirectURI: nil))
        #expect(try await session.send(WireRequest("GET", sandbox.url("/orders"))).status == 200)
        sandbox.revokeAccessTokens()
        #expect(try await session.send(WireRequest("GET", sandbox.url("/orders"))).status == 200)
        #expect(sandbox.counters.tokenRequests(of: "refresh_token") == 1)
        #expect(sandbox.complaints == [])
        let transcript = sandbox.transcript.map(\.description).joined()
        #expect(!transcript.contains(sandbox.credentials.secret?.revealed ?? "?") && transcript.contains("app_secret"))
    }

    @Test func `It is as strict: another path, another secret and a missing field are turned away`() async throws {
        let sandbox = ProviderSandbox(.speaking(OwnNames(), answer: shape))
        let dialect = sandbox.dialect()
        let exchange = TokenExchange(
            grant: sandbox.issueCode(redirectURI: nil),
            credentials: sandbox.credentials,
            date: Date()
        )
        let right = try dialect.request(for: exchange)
        var astray = right
        astray.url = sandbox.url("/token/refresh")
        #expect(sandbox.respond(to: astray).status == 400)
        var wrong = exchange
        wrong.credentials = ClientCredentials(id: sandbox.credentials.id, secret: "another")
        #expect(sandbox.respond(to: try dialect.request(for: wrong)).status == 401)
        #expect(sandbox.respond(to: right).status == 200)
        #expect(sandbox.counters.misuses == 2)
    }

    @Test func `A standard dialect has revocation, which ends the family`() async throws {
        let dialect = StandardDialect(
            name: "acme",
            tokenEndpoint: URL(string: "https://acme.example/token")!,
            apiHosts: ["api.acme.example"],
            revocationEndpoint: URL(string: "https://acme.example/revoke")!
        )
        let sandbox = ProviderSandbox(.speaking(dialect))
        sandbox.stub("GET", "/orders", json: "[]")
        let session = sandbox.session(identity: .user(try Account("ann")))
        try await session.signIn(with: sandbox.issueCode())
        let token = try await session.accessToken()
        try await session.signOut(revoking: true)
        #expect(sandbox.counters.revocationRequests == 1)
        var request = WireRequest("GET", sandbox.url("/orders"))
        request.headers["Authorization"] = token.authorizationHeader.revealed
        #expect(sandbox.respond(to: request).status == 401)
        #expect(sandbox.complaints == [])
    }

    @Test func `Served, the dialect moves to where the server is`() async throws {
        let dialect = StandardDialect(
            name: "acme",
            tokenEndpoint: URL(string: "https://acme.example/oauth/token")!,
            apiHosts: ["api.acme.example"]
        )
        let sandbox = ProviderSandbox(.speaking(dialect), clock: .system)
        let server = try await sandbox.serve()
        let session = sandbox.session(at: server.url, transport: .system)
        #expect(try await !session.accessToken(within: .seconds(60)).value.isEmpty)
        #expect(sandbox.complaints == [])
        await server.stop()
    }
}
