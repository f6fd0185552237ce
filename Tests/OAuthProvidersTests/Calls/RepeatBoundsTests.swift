import Foundation
import OAuthDialects
import OAuthDialectsTesting
import OAuthProviders
import Testing

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// How often and for how long a call repeats its request.
@Suite(.timeLimit(.minutes(5)))
struct RepeatBoundsTests {
    private static let busy = WireResponse.json(503, "{}")

    @Test func `The number of attempts is bounded, and the last answer is the call's`() async throws {
        let shop = Shop(.tiki, Self.busy)
        let policy = RepeatPolicy(attempts: 5, backoff: .zero ... .zero)
        let (_, response) = try await shop.session.data(for: shop.request(), repeating: policy)
        #expect(response.statusCode == 503)
        #expect(shop.sent.count == 5)
    }

    @Test func `Retry-After is waited for by the session's clock`() async throws {
        let shop = Shop(.tiki, .json(429, "{}", ["Retry-After": "7"]), .order)
        let call = Task { try await shop.session.json(Order.self, from: shop.url, repeating: .atOnce) }
        try await shop.clock.waitForSleeper(within: .seconds(7))
        #expect(shop.clock.sleepers.contains(.seconds(7)))
        #expect(shop.sent.count == 1)
        shop.clock.advance(by: .seconds(7))
        #expect(try await call.value == .sample)
        #expect(shop.sent.count == 2)
    }

    @Test func `A Retry-After beyond the timeout ends the call at once`() async throws {
        let shop = Shop(.tiki, .json(503, "{}", ["Retry-After": "30"]), .order)
        let error = await shop.apiError {
            _ = try await shop.session.json(Order.self, from: shop.url, repeating: .atOnce)
        }
        #expect(error?.retryAt == shop.clock.date.addingTimeInterval(30))
        #expect(shop.sent.count == 1)
    }

    @Test func `A pause that leaves no time for another attempt ends the call with its answer`() async throws {
        let shop = Shop(.tiki, .json(429, "{}", ["Retry-After": "9"]), .order)
        let policy = RepeatPolicy(within: .seconds(10), backoff: .seconds(1_000_000)...(.seconds(1_000_000)))
        let error = await shop.apiError {
            _ = try await shop.session.json(Order.self, from: shop.url, repeating: policy)
        }
        #expect(error?.status == 429)
        #expect(error?.retryAt == shop.clock.date.addingTimeInterval(9))
        #expect(shop.sent.count == 1)
    }

    @Test func `The total time is bounded`() async throws {
        let shop = Shop(.tiki, .json(503, "{}", ["Retry-After": "4"]))
        let policy = RepeatPolicy(attempts: 100, within: .seconds(10), backoff: .zero ... .zero)
        let call = Task { try await shop.session.json(Order.self, from: shop.url, repeating: policy) }
        for _ in 1...2 {
            try await shop.clock.waitForSleeper(within: .seconds(4))
            shop.clock.advance(by: .seconds(4))
        }
        await #expect(throws: APIError.self) { try await call.value }
        #expect(shop.sent.count == 3)
    }

    @Test func `An attempt that hangs ends with the call's time`() async throws {
        let shop = Shop()
        _ = try await shop.session.accessToken()
        shop.sandbox.failNext(.timeout, at: .api)
        let policy = RepeatPolicy(within: .seconds(10), backoff: .zero ... .zero)
        let call = Task { try await shop.session.json(Order.self, from: shop.url, repeating: policy) }
        try await shop.clock.waitForSleeper(within: .seconds(10))
        shop.clock.advance(by: .seconds(10))
        await #expect(throws: TokenError.self) { try await call.value }
    }

    @Test func `The pauses are drawn at random, and grow`() async throws {
        let shop = Shop(.tiki, Self.busy)
        let policy = RepeatPolicy(attempts: 4, within: .seconds(1000), backoff: .seconds(10)...Duration.seconds(30))
        let call = Task { try await shop.session.json(Order.self, from: shop.url, repeating: policy) }
        for (count, bound) in [(1, 10), (2, 20), (3, 30)] {
            await eventually { shop.sent.count == count }
            try await shop.clock.waitForSleeper(within: .seconds(bound))
            shop.clock.advance(by: .seconds(bound))
        }
        await #expect(throws: APIError.self) { try await call.value }
        #expect(shop.sent.count == 4)
    }
}
