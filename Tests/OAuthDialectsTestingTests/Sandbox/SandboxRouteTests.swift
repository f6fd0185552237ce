import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(5)))
struct SandboxRouteTests {
    private let sandbox = ProviderSandbox(.revenueMonster)

    private func answer(_ method: String, _ path: String) async throws -> (status: Int, body: String) {
        let response = try await sandbox.session().send(WireRequest(method, sandbox.url(path)))
        return (response.status, String(decoding: response.body, as: UTF8.self))
    }

    @Test(arguments: [
        ("/v3/orders/1", 200), ("/v3/orders/a%2Fb", 200), ("/v3/orders", 404), ("/v3/orders/", 404),
        ("/v3/orders/1/2", 404), ("/v3/order/1", 404), ("/v4/orders/1", 404),
    ])
    func `An asterisk stands for one component of a path`(path: String, status: Int) async throws {
        sandbox.stub("GET", "/v3/orders/*", json: "{}")
        let url = try #require(URL(string: sandbox.baseURL.absoluteString + path))
        #expect(try await sandbox.session().send(WireRequest("GET", url)).status == status)
    }

    @Test func `Asterisks may be several, and the handler reads what they stand for`() async throws {
        sandbox.stub("GET", "/v3/*/items/*") { request in
            WireResponse(status: 200, body: Data(request.url.pathComponents.dropFirst(2).joined(separator: " ").utf8))
        }
        #expect(try await answer("GET", "/v3/orders/items/7").body == "orders items 7")
    }

    @Test func `A route with exactly the path precedes one with an asterisk`() async throws {
        sandbox.stub("GET", "/v3/orders/today", json: "1")
        sandbox.stub("GET", "/v3/orders/*", json: "2")
        sandbox.stub("DELETE", "/v3/orders/*", json: "3")
        #expect(try await answer("GET", "/v3/orders/today").body == "1")
        #expect(try await answer("GET", "/v3/orders/tomorrow").body == "2")
        #expect(try await answer("DELETE", "/v3/orders/today").body == "3")
        #expect(try await answer("PUT", "/v3/orders/today").status == 405)
    }

    @Test func `The last of two equal routes answers`() async throws {
        sandbox.stub("GET", "/v3/orders/*", json: "1")
        sandbox.stub("GET", "/v3/orders/*", json: "2")
        #expect(try await answer("GET", "/v3/orders/7").body == "2")
    }

    @Test func `A token endpoint is no route`() async throws {
        sandbox.stub("POST", "/v1/*", json: "{}")
        #expect(try await answer("POST", "/v1/orders").status == 200)
        #expect(sandbox.counters.tokensIssued == 1)
        #expect(sandbox.complaints == [])
    }

    @Test func `A request whose answer is lost reaches its route`() async throws {
        let count = Mutex(0)
        sandbox.stub("POST", "/v3/orders") { _ in
            count.withLock { $0 += 1 }
            return WireResponse(status: 200)
        }
        sandbox.failNext(.lostAnswer, at: .api)
        let error = await #expect(throws: TokenError.self) { _ = try await answer("POST", "/v3/orders") }
        #expect(error?.delivery == .unknown)
        #expect(count.withLock(\.self) == 1)
        #expect(sandbox.transcript.last?.status == nil)
        #expect(try await answer("POST", "/v3/orders").status == 200)
        #expect(count.withLock(\.self) == 2)
    }
}
