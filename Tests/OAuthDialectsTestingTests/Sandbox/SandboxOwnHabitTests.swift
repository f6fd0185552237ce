import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

/// A provider that wants a signature over each request, and whose apps are deleted to revoke them.
private struct SigningDialect: ProviderDialect {
    let name = "signing"
    let apiOrigins: APIOrigins = ["api.signing.example"]
    let conventions = WireConventions {
        $0.request.clientAuthentication = .none
        $0.answer.extras = ["shop"]
    }
    let revocationEndpoint = URL(string: "https://signing.example/apps")
    let sign: @Sendable (String) -> String

    func tokenEndpoint(for grant: Grant) -> URL? { URL(string: "https://signing.example/token") }

    func request(for exchange: TokenExchange) throws -> WireRequest {
        guard let endpoint = tokenEndpoint(for: exchange.grant) else { throw TokenError(.unsupportedGrant, "No.") }
        var request = try conventions.request(for: exchange, to: endpoint)
        request.headers["X-Signature"] = sign(exchange.grant.type)
        return request
    }

    func revocationRequest(for tokens: TokenSet, by client: ClientCredentials) throws -> WireRequest? {
        let token = tokens.refreshToken?.value ?? tokens.accessToken
        guard let url = URL(string: "https://signing.example/apps/\(client.id)?token=\(token.revealed)") else {
            return nil
        }
        return WireRequest("DELETE", url)
    }

    func authorize(_ request: inout WireRequest, for access: ResourceAccess) throws {
        request.headers["X-Token"] = "Shop " + access.token.value.revealed
        request.headers["X-Signature"] = sign("api")
    }
}

/// What a sandbox can't derive from conventions is derived from requests, or given.
@Suite(.timeLimit(.minutes(1)))
struct SandboxOwnHabitTests {
    @Sendable private static func sign(_ text: String) -> String { "signed-\(text)" }

    private static func objection(_ request: WireRequest) -> String? {
        let fields = String(decoding: request.body?.data ?? Data(), as: UTF8.self)
        let isAPI = request.headers["X-Token"] != nil
        let type =
            isAPI ? "api" : ["client_credentials", "refresh_token", "authorization_code"].first(where: fields.contains)
        if request.method == "DELETE" { return nil }
        return request.headers["X-Signature"] == sign(type ?? "?") ? nil : "The signature is wrong."
    }

    private func sandbox(_ dialect: SigningDialect) -> ProviderSandbox {
        let provider = ProviderSandbox.Provider.speaking(
            dialect,
            extras: ["shop": "shop-7"],
            objection: Self.objection
        )
        let sandbox = ProviderSandbox(provider)
        sandbox.stub("GET", "/orders", json: "[]")
        return sandbox
    }

    @Test func `The token is read where the dialect puts it, and the extras come with it`() async throws {
        let sandbox = sandbox(SigningDialect(sign: Self.sign))
        let session = sandbox.session()
        #expect(try await session.send(WireRequest("GET", sandbox.url("/orders"))).text == "[]")
        #expect(session.extras["shop"]?.revealed == "shop-7")
        #expect(sandbox.complaints == [])
        var bearer = WireRequest("GET", sandbox.url("/orders"))
        bearer.headers["Authorization"] = try await session.accessToken().authorizationHeader.revealed
        #expect(sandbox.respond(to: bearer).status == 401)
        #expect(sandbox.complaints == ["There is no X-Token header."])
    }

    @Test func `A test objects to a token request, and to an API request`() async throws {
        let sandbox = sandbox(SigningDialect { $0 == "api" ? "signed-api" : "unsigned" })
        let error = await #expect(throws: TokenError.self) { try await sandbox.session().accessToken() }
        #expect(error?.code == .refused)
        #expect(sandbox.complaints == ["The signature is wrong."])
        let careless = self.sandbox(SigningDialect { $0 == "api" ? "unsigned" : Self.sign($0) })
        let response = try await careless.session().send(WireRequest("GET", careless.url("/orders")))
        #expect(response.status == 400 && careless.complaints == ["The signature is wrong."])
    }

    @Test func `A revocation of the dialect's own is played`() async throws {
        let sandbox = sandbox(SigningDialect(sign: Self.sign))
        let session = sandbox.session(identity: .user(try Account("ann")))
        try await session.signIn(with: sandbox.issueCode())
        let token = try await session.accessToken()
        #expect(try await session.signOut(revoking: true) == .revoked)
        #expect(sandbox.counters.revocationRequests == 1 && sandbox.complaints == [])
        var request = WireRequest("GET", sandbox.url("/orders"))
        request.headers["X-Token"] = "Shop " + token.value.revealed
        request.headers["X-Signature"] = Self.sign("api")
        #expect(sandbox.respond(to: request).status == 401)
    }

    @Test func `Its dialect passes the kit`() async {
        let provider = ProviderSandbox.Provider.speaking(
            SigningDialect(sign: Self.sign),
            extras: ["shop": "shop-7"],
            objection: Self.objection
        )
        let report = await conformance(of: SigningDialect(sign: Self.sign), playedBy: provider)
        #expect(report.passes, "\(report)")
    }

    @Test func `A documented GET is compared field by field`() async {
        let documented = DocumentedRequest(
            .clientCredentials(),
            by: Shipped.client,
            url: "https://habit.example/token?secret=secret&appid=client&grant_type=client_credentials"
        )
        let report = await conformance(of: Habit.getRequests, documented: [documented])
        #expect(report.passes, "\(report)")
        let other = DocumentedRequest(
            .clientCredentials(),
            by: Shipped.client,
            url: "https://habit.example/token?secret=secret&app_id=client&grant_type=client_credentials"
        )
        let failed = await conformance(of: Habit.getRequests, documented: [other])
        #expect(failed.failures.map(\.name) == ["documentedRequests"], "\(failed)")
    }
}
