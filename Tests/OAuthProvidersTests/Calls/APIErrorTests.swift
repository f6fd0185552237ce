import Foundation
import OAuthDialects
import OAuthDialectsTesting
import OAuthProviders
import Testing

@Suite(.timeLimit(.minutes(5)))
struct APIErrorTests {
    private static let refusal = #"{"error":{"code":"INVALID_SKU","message":"The SKU is unknown."}}"#

    @Test func `The provider's words are read by the dialect`() async throws {
        let shop = Shop(.revenueMonster, .json(422, Self.refusal, ["X-Request-Id": "req-9"]))
        let error = try #require(await shop.apiError { _ = try await shop.session.json(Order.self, from: shop.url) })
        #expect(error.status == 422)
        #expect(error.code == "INVALID_SKU")
        #expect(error.message == "The SKU is unknown.")
        #expect(error.requestID == "req-9")
        #expect(error.decodingFailure == nil)
        #expect(error.delivery == nil)
        let text = "GET \(shop.url) was answered with HTTP 422 (INVALID_SKU, The SKU is unknown.). Request id: req-9."
        #expect("\(error)" == text)
        #expect(error.localizedDescription == text)
        #expect(error.userMessage == "The service did not accept this request.")
    }

    @Test func `A refusal with status 200 is a refusal if it is not what the caller expects`() async throws {
        let shop = Shop(.revenueMonster, .json(200, Self.refusal))
        let error = try #require(await shop.apiError { _ = try await shop.session.json(Order.self, from: shop.url) })
        #expect(error.code == "INVALID_SKU")
        #expect(error.decodingFailure == nil)
    }

    @Test(
        arguments: [
            ("GET", 400, nil, TokenError.Action.fix), ("POST", 400, nil, .fix), ("POST", 402, nil, .alert),
            ("POST", 403, nil, .alert), ("GET", 404, nil, .fix), ("POST", 409, .unknown, .verify),
            ("GET", 409, .unknown, .fix),
            ("POST", 408, .unknown, .verify), ("GET", 408, .unknown, .retry), ("POST", 422, nil, .fix),
            ("POST", 429, nil, .retry), ("GET", 429, nil, .retry), ("POST", 500, .unknown, .verify),
            ("GET", 500, .unknown, .retry), ("POST", 502, .unknown, .verify), ("DELETE", 503, .unknown, .verify),
            ("PUT", 504, .unknown, .verify), ("GET", 503, .unknown, .retry), ("POST", 302, .unknown, .verify),
            ("GET", 304, .unknown, .fix),
        ] as [(String, Int, TokenError.Delivery?, TokenError.Action)]
    )
    func `An error says what became of the request and what to do`(
        _ method: String,
        _ status: Int,
        _ delivery: TokenError.Delivery?,
        _ action: TokenError.Action
    ) async throws {
        let shop = Shop(.tiki, .json(status, "{}"))
        let error = await shop.apiError { _ = try await shop.session.json(Order.self, for: shop.request(method)) }
        #expect(error?.status == status)
        #expect(error?.delivery == delivery)
        #expect(error?.action == action)
    }

    @Test(arguments: [("120", 120.0), ("Thu, 01 Jan 2026 00:01:00 GMT", 60), ("Wed, 01 Jan 2025 00:00:00 GMT", 0)])
    func `It says when the provider allows the next attempt`(_ header: String, _ seconds: Double) async throws {
        let shop = Shop(.tiki, .json(503, "{}", ["Retry-After": header]))
        let error = await shop.apiError { _ = try await shop.session.json(Order.self, from: shop.url) }
        #expect(error?.retryAt == shop.clock.date.addingTimeInterval(seconds))
        #expect(error?.description.contains("Not again before") == true)
    }

    @Test func `Nothing secret is in it, even if the API echoes everything`() async throws {
        let shop = Shop()
        let secret = try #require(shop.sandbox.credentials.secret).revealed
        shop.sandbox.stub("POST", "/echo") { request in
            let echo = "\(request.headers["Authorization"] ?? "") \(request.headers["X-Api-Key"] ?? "") \(secret)"
            let said =
                (try? JSONEncoder().encode(["error": "bad \(echo)", "error_description": "you sent \(echo)"])) ?? Data()
            return WireResponse(status: 400, headers: ["X-Request-Id": echo], body: said)
        }
        let request = shop.request("POST", ["X-Api-Key": "c4nary-api-key"], to: "/echo")
        let failure = await shop.apiError { _ = try await shop.session.json(Order.self, for: request) }
        let error = try #require(failure)
        let token = try #require(shop.session.currentAccessToken).value.revealed
        for text in [printed(error), error.code ?? "", error.message ?? "", error.requestID ?? ""] {
            for canary in [token, secret, "c4nary-api-key"] { #expect(!text.contains(canary), "\(text)") }
        }
        #expect(error.message?.contains("you sent") == true)
    }

    @Test func `An id that the app gave the request itself is shown`() async throws {
        let shop = Shop()
        shop.sandbox.stub("GET", "/echo") { request in
            .json(404, "{}", ["X-Request-Id": request.headers["X-Request-Id"] ?? ""])
        }
        let request = shop.request("GET", ["X-Request-Id": "0192-a-long-id-of-the-app"], to: "/echo")
        let error = await shop.apiError { _ = try await shop.session.json(Order.self, for: request) }
        #expect(error?.requestID == "0192-a-long-id-of-the-app")
    }

    @Test func `A long or wild text is cut and escaped`() async throws {
        let shop = Shop(
            .tiki,
            .json(400, #"{"error":"a\u001b[31m","error_description":"\#(String(repeating: "x", count: 9000))"}"#)
        )
        let error = try #require(await shop.apiError { _ = try await shop.session.json(Order.self, from: shop.url) })
        #expect(error.code?.contains("\u{1B}") == false)
        #expect(error.message.map { $0.utf8.count <= 512 } == true)
    }

    @Test func `A rejected token is not the request's fault`() async throws {
        let shop = Shop(.tiki, .json(401, #"{"error":"invalid_token"}"#))
        let error = await shop.apiError { _ = try await shop.session.json(Order.self, for: shop.request("POST")) }
        #expect(error?.status == 401)
        #expect(error?.delivery == .rejected)
        #expect(error?.action == .alert)
        #expect(error?.userMessage == "Something went wrong on our side. Please try again later.")
    }

    @Test func `A token that can't be renewed now is worth another try`() async throws {
        let shop = Shop()
        _ = try await shop.session.json(Order.self, from: shop.url)
        shop.sandbox.revokeAccessTokens()
        shop.sandbox.fail(with: .serviceUnavailable(retryAfter: .seconds(300)), at: .tokenEndpoints)
        let error = await shop.apiError { _ = try await shop.session.json(Order.self, for: shop.request("POST")) }
        #expect(error?.delivery == .rejected)
        #expect(error?.action == .retry)
        #expect(error?.retryAt.map { $0 > shop.clock.date } == true)
    }
}
