import Foundation
import OAuthDialects
import OAuthDialectsTesting
import OAuthProviders
import Testing

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

@Suite(.timeLimit(.minutes(5)))
struct RepeatTests {
    private static let busy = WireResponse.json(503, "{}")

    @Test(arguments: [429, 502, 503, 504])
    func `A GET is repeated while the API is busy`(_ status: Int) async throws {
        let shop = Shop(.tiki, .json(status, "{}"), .json(status, "{}"), .order)
        #expect(try await shop.session.json(Order.self, from: shop.url, repeating: .atOnce) == .sample)
        #expect(shop.sent.count == 3)
        #expect(shop.sandbox.counters.tokenRequests == 1)
    }

    @Test(arguments: [400, 401, 404, 408, 409, 422, 500])
    func `Any other answer is final`(_ status: Int) async throws {
        let shop = Shop(.revenueMonster, .json(status, #"{"error":{"code":"X"}}"#))
        let error = await shop.apiError {
            _ = try await shop.session.json(Order.self, from: shop.url, repeating: .atOnce)
        }
        #expect(error?.status == status)
        #expect(shop.sent.count == (status == 401 ? 2 : 1))
    }

    @Test func `Without a policy nothing is repeated`() async throws {
        let shop = Shop(.tiki, Self.busy, .order)
        #expect(await shop.apiError { _ = try await shop.session.json(Order.self, from: shop.url) }?.status == 503)
        #expect(shop.sent.count == 1)
    }

    @Test(arguments: ["POST", "PUT", "DELETE"])
    func `A request that may change something is never repeated without a key`(_ method: String) async throws {
        for headers in [[:], ["Idempotency-Key": " "], ["X-Idempotency": "k"]] {
            let shop = Shop(.tiki, Self.busy, .order)
            let request = shop.request(method, headers)
            let error = await shop.apiError {
                _ = try await shop.session.json(Order.self, for: request, body: Order.sample, repeating: .atOnce)
            }
            #expect(error?.status == 503)
            #expect(error?.action == .verify)
            #expect(shop.sent.count == 1)
        }
    }

    @Test(arguments: [SandboxFault.lostAnswer, .reset, .connectionRefused])
    func `A payment that failed on its way is never repeated without a key`(_ fault: SandboxFault) async throws {
        let shop = Shop()
        _ = try await shop.session.accessToken()
        shop.sandbox.failNext(fault, at: .api)
        let error = await shop.tokenError {
            _ = try await shop.session.json(
                Order.self,
                for: shop.request("POST"),
                body: Order.sample,
                repeating: .atOnce
            )
        }
        #expect(error?.code == .requestFailed)
        #expect(shop.sandbox.counters.resourceRequests == 1)
    }

    @Test func `A request with an Idempotency-Key is repeated, with the same key and body`() async throws {
        let shop = Shop(.tiki, Self.busy, .order)
        let request = shop.request("POST", ["Idempotency-Key": "k-1"])
        let order = try await shop.session.json(Order.self, for: request, body: Order.sample, repeating: .atOnce)
        #expect(order == .sample)
        #expect(shop.sent.map { $0.headers["Idempotency-Key"] } == ["k-1", "k-1"])
        #expect(shop.sent[0].body?.data == shop.sent[1].body?.data)
    }

    @Test(arguments: [SandboxFault.lostAnswer, .reset, .connectionRefused])
    func `A GET, and a request with a key, are repeated after a failure on the way`(_ fault: SandboxFault) async throws
    {
        let shop = Shop()
        _ = try await shop.session.accessToken()
        shop.sandbox.failNext(fault, at: .api)
        #expect(try await shop.session.json(Order.self, from: shop.url, repeating: .atOnce) == .sample)
        shop.sandbox.failNext(fault, at: .api)
        let request = shop.request("POST", ["Idempotency-Key": "k-1"])
        #expect(try await shop.session.json(Order.self, for: request, repeating: .atOnce) == .sample)
    }

    @Test func `An attempt that may have been processed is not forgotten`() async throws {
        let shop = Shop()
        _ = try await shop.session.accessToken()
        let request = shop.request("POST", ["Idempotency-Key": "k-1"])
        shop.sandbox.failNext(.lostAnswer, .connectionRefused, .connectionRefused, at: .api)
        let failed = await shop.tokenError {
            _ = try await shop.session.json(Order.self, for: request, repeating: .atOnce)
        }
        #expect(failed?.delivery == .unknown)
        #expect(failed?.isTransient == false)
        #expect(failed?.action == .verify)
        shop.sandbox.failNext(.lostAnswer, .tooManyRequests(), .tooManyRequests(), at: .api)
        let refused = await shop.apiError {
            _ = try await shop.session.json(Order.self, for: request, repeating: .atOnce)
        }
        #expect(refused?.status == 429)
        #expect(refused?.delivery == .unknown)
        #expect(refused?.action == .verify)
        #expect(refused?.description.contains("attempt 3") == true)
    }

    @Test func `A stream is never sent twice`() async throws {
        let shop = Shop(.tiki, Self.busy, .order)
        var request = shop.request("POST", ["Idempotency-Key": "k-1"])
        request.httpBodyStream = InputStream(data: Data(Order.text.utf8))
        let error = await shop.apiError { [request] in
            _ = try await shop.session.json(Order.self, for: request, repeating: .atOnce)
        }
        #expect(error?.status == 503)
        #expect(shop.sent.count == 1)
    }

    @Test func `A cancelled call leaves its pause at once`() async throws {
        let shop = Shop(.tiki, .json(503, "{}", ["Retry-After": "7"]))
        let call = Task { try await shop.session.json(Order.self, from: shop.url, repeating: .atOnce) }
        try await shop.clock.waitForSleeper(within: .seconds(7))
        call.cancel()
        await #expect(throws: CancellationError.self) { try await call.value }
        #expect(shop.sent.count == 1)
    }

    @Test func `A person's dead sign-in is not repeated`() async throws {
        let sandbox = ProviderSandbox(.tiki)
        let session = sandbox.session(identity: .user(try Account("ann")))
        do {
            _ = try await session.json(Order.self, from: sandbox.url("/orders"), repeating: .atOnce)
            Issue.record("There was an answer")
        } catch let error as TokenError {
            #expect(error.code == .signInRequired)
        }
        #expect(sandbox.transcript.isEmpty)
    }
}
