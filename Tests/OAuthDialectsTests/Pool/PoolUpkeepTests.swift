import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

@Suite(.timeLimit(.minutes(5)))
struct PoolUpkeepTests {
    private let client = ClientCredentials(id: "client", secret: "s3cret")
    private let provider = StubProvider { .tokens("access-\($0.number)", lifetime: 3600) }
    private let clock = TestClock()

    private func pool(concurrency: Int = 16, capacity: Int = 10_000) -> SessionPool {
        SessionPool(transport: provider, clock: clock, capacity: capacity, concurrency: concurrency)
    }

    private func join(_ pool: SessionPool, _ numbers: Range<Int>) {
        for number in numbers {
            _ = pool.session(dialect: .weTix(.sandbox), credentials: client, identity: .client(scopes: ["\(number)"]))
        }
    }

    @Test func `Sessions are kept fresh by one run, whether they were there before it or came after`() async throws {
        let pool = pool()
        join(pool, 0..<100)
        let upkeep = Task { await pool.run() }
        await provider.received(100)
        join(pool, 100..<200)
        await provider.received(200)
        clock.advance(by: .seconds(3500))
        await provider.received(400)
        upkeep.cancel()
        await upkeep.value
        await pool.shutDown()
        #expect(provider.calls.count == 400)
    }

    @Test func `No more exchanges are begun than may be in the air`() async throws {
        let pool = pool(concurrency: 3)
        let busy = Locked((now: 0, most: 0))
        let latch = Latch()
        provider.answer { call in
            busy.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
            await latch.passes()
            busy.withLock { $0.now -= 1 }
            return .tokens("access-\(call.number)", lifetime: 3600)
        }
        join(pool, 0..<50)
        let upkeep = Task { await pool.run() }
        await eventually { busy.withLock(\.now) == 3 }
        latch.open()
        await provider.received(50)
        #expect(busy.withLock(\.most) == 3)
        upkeep.cancel()
        await upkeep.value
    }

    @Test func `Renewals of tokens that came together are spread over the first half of their window`() async throws {
        let (count, steps) = (600, 15)
        let pool = pool()
        join(pool, 0..<count)
        let upkeep = Task { await pool.run() }
        await provider.received(count)
        await eventually { pool.isSettled }
        var renewals = [count]
        // From the start of the advisory window, 360 s before the end, to the middle between it and the mandatory one.
        clock.advance(by: .seconds(3600 - 360))
        for _ in 0..<steps {
            clock.advance(by: .seconds(10))
            await eventually { pool.isSettled }
            renewals.append(provider.calls.count)
        }
        upkeep.cancel()
        await upkeep.value
        let spread = zip(renewals.dropFirst(), renewals).map(-)
        #expect(spread.reduce(0, +) == count)
        // 40 at random are 80 once in millions of runs.
        #expect(spread.max() ?? 0 < 2 * count / steps)
    }

    @Test func `A session that is let go is kept no more, and one that is signed in is kept from then on`() async throws
    {
        let pool = pool(capacity: 4)
        let upkeep = Task { await pool.run() }
        let ann = Identity.user(try Account("ann"))
        let session = pool.session(dialect: .weTix(.sandbox), credentials: client, identity: ann)
        provider.answer { .tokens("access-\($0.number)", lifetime: 3600, refresh: "refresh-\($0.number)") }
        try await session.signIn(with: .authorizationCode("code", redirectURI: nil, codeVerifier: nil))
        clock.advance(by: .seconds(3500))
        await provider.received(2)
        await eventually { !session.status.isRenewing }
        for name in ["bob", "cid", "dan", "eve", "fay"] {
            _ = pool.session(dialect: .weTix(.sandbox), credentials: client, identity: .user(try Account(name)))
        }
        clock.advance(by: .seconds(3500))
        upkeep.cancel()
        await upkeep.value
        #expect(provider.calls.count == 2)
    }

    @Test func `As many sessions are kept fresh as the pool may hold`() async throws {
        let pool = pool(capacity: 100)
        let upkeep = Task { await pool.run() }
        join(pool, 0..<100)
        await provider.received(100)
        await eventually { pool.isSettled }
        clock.advance(by: .seconds(3500))
        await provider.received(200)
        upkeep.cancel()
        await upkeep.value
        await pool.shutDown()
        #expect(provider.calls.count == 200)
    }

    @Test func `Upkeep that was cancelled can be run again`() async throws {
        let pool = pool()
        for round in 1...3 {
            join(pool, (10 * (round - 1))..<(10 * round))
            let upkeep = Task { await pool.run() }
            await provider.received(10 * round)
            upkeep.cancel()
            await upkeep.value
        }
    }
}
