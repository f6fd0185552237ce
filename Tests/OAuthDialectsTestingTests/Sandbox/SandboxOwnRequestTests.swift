import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

/// A provider whose dialect writes its token requests in a function.
private struct OwnRequests: ProviderDialect {
    let name: String
    var conventions = WireConventions()
    var grants: Set<String> = ["authorization_code", "refresh_token"]
    let apiOrigins: APIOrigins = ["api.requests.example"]
    let authorizationEndpoint = URL(string: "https://requests.example/authorize")
    let write: @Sendable (inout WireRequest, TokenExchange) -> Void

    func tokenEndpoint(for grant: Grant) -> URL? {
        grants.contains(grant.type) ? URL(string: "https://requests.example/\(grant.type)") : nil
    }

    func request(for exchange: TokenExchange) throws -> WireRequest {
        guard let endpoint = tokenEndpoint(for: exchange.grant) else { throw TokenError(.unsupportedGrant, "No.") }
        var request = try conventions.request(for: exchange, to: endpoint)
        write(&request, exchange)
        return request
    }

    /// A refresh token is presented without the secret, as at WeChat.
    static let secretForCodes = OwnRequests(
        name: "secret-for-codes",
        conventions: WireConventions { $0.request.clientAuthentication = .body }
    ) { request, exchange in
        guard exchange.grant.type == "refresh_token", case .form(let fields) = request.body else { return }
        request.body = .form(fields.filter { $0.name != "client_secret" })
    }

    /// A JSON body with a number, as at Shopee.
    static let numbers = OwnRequests(
        name: "numbers",
        conventions: WireConventions {
            $0.request.clientAuthentication = .none
            $0.request.bodyEncoding = .json
        }
    ) { request, exchange in
        guard case .json(let fields) = request.body else { return }
        let texts = fields.map { "\"\($0.name)\":\"\($0.value.revealed)\"" }
        request.body = .bytes(Data("{\(texts.joined(separator: ",")),\"shop_id\":7}".utf8))
        request.headers["Content-Type"] = "application/json"
    }

    /// A request without a body, as for an installation of a GitHub app.
    static let empty = OwnRequests(
        name: "empty",
        conventions: WireConventions {
            $0.request.clientAuthentication = .none
            $0.request.omitted = [.grantType, .scope]
        },
        grants: ["client_credentials"]
    ) { request, _ in
        (request.body, request.headers["Content-Type"]) = (nil, nil)
    }

    /// The secret as the name of HTTP Basic, as at Stripe.
    static let secretAlone = OwnRequests(
        name: "secret-alone",
        conventions: WireConventions { $0.request.clientAuthentication = .none }
    ) { request, exchange in
        let pair = Data("\(exchange.credentials.secret?.revealed ?? ""):".utf8).base64EncodedString()
        request.headers["Authorization"] = "Basic \(pair)"
    }
}

/// The sandbox takes the requests that a dialect writes, also where conventions can't say how.
@Suite(.timeLimit(.minutes(1)))
struct SandboxOwnRequestTests {
    @Test(arguments: [OwnRequests.secretForCodes, .numbers, .secretAlone])
    private func `A user signs in and stays signed in`(dialect: OwnRequests) async throws {
        let sandbox = ProviderSandbox(.speaking(dialect))
        sandbox.stub("GET", "/orders", json: "[]")
        let session = sandbox.session(identity: .user(try Account("ann")))
        let attempt = try await session.beginSignIn(redirectURI: "https://app.example/callback")
        try await session.finishSignIn(attempt, callback: try sandbox.signIn(at: attempt.url))
        sandbox.advance(by: .seconds(3600))
        #expect(try await session.send(WireRequest("GET", sandbox.url("/orders"))).text == "[]")
        #expect(sandbox.counters.tokenRequests == 2 && sandbox.complaints == [])
    }

    @Test func `A request without a body gets a token`() async throws {
        let sandbox = ProviderSandbox(.speaking(OwnRequests.empty))
        #expect(try await !sandbox.session().accessToken().value.isEmpty)
        #expect(sandbox.counters.tokenRequests(of: "client_credentials") == 1 && sandbox.complaints == [])
    }

    @Test func `The kit names only what conventions can't say`() async {
        let report = await conformance(of: OwnRequests.empty)
        #expect(report.passes, "\(report)")
        let codes = await conformance(of: OwnRequests.secretForCodes)
        #expect(Set(codes.failures.map(\.name)) == ["secretPlaces"], "\(codes)")
        let alone = await conformance(of: OwnRequests.secretAlone)
        #expect(Set(alone.failures.map(\.name)) == ["clientSecret", "secretPlaces"], "\(alone)")
    }

    @Test func `A wrong secret is refused, and a code without one`() async throws {
        let sandbox = ProviderSandbox(.speaking(OwnRequests.secretForCodes))
        let exchange = TokenExchange(grant: sandbox.issueCode(), credentials: sandbox.credentials, date: Date())
        var request = try sandbox.dialect().request(for: exchange)
        let fields = try #require(request.body.flatMap { if case .form(let fields) = $0 { fields } else { nil } })
        request.body = .form(fields.filter { $0.name != "client_secret" })
        #expect(sandbox.respond(to: request).status == 401)
        request.body = .form(fields)
        #expect(sandbox.respond(to: request).status == 200)
    }
}
