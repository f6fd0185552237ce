import Foundation
import OAuthDialectsTesting
import ShopCore
import Testing

@Suite(.timeLimit(.minutes(1))) struct LookupQueueTests {
    @Test func `Three calls pass in five seconds, and the fourth waits`() async throws {
        let clock = TestClock()
        let queue = LookupQueue(clock: clock)
        for _ in 0..<3 { try await queue.turn() }
        let fourth = Task { try await queue.turn() }
        try await clock.waitForSleeper(within: .seconds(5))
        #expect(clock.sleepers == [.seconds(5)])
        clock.advance(by: .seconds(5))
        try await fourth.value
    }

    @Test func `A call whose turn is too far away is told when it comes`() async throws {
        let clock = TestClock()
        let queue = LookupQueue(clock: clock)
        for _ in 0..<3 { try await queue.turn() }
        let waiting = (0..<3).map { _ in Task { try await queue.turn() } }
        try await clock.waitForSleepers(3)
        await #expect(throws: ProviderFailure.unavailable(until: clock.date.addingTimeInterval(10))) {
            try await queue.turn()
        }
        clock.advance(by: .seconds(5))
        for call in waiting { try await call.value }
    }

    @Test func `Nobody passes while the provider says that there were too many calls`() async throws {
        let clock = TestClock()
        let queue = LookupQueue(clock: clock)
        await queue.close(until: clock.date.addingTimeInterval(20))
        await #expect(throws: ProviderFailure.unavailable(until: clock.date.addingTimeInterval(20))) {
            try await queue.turn()
        }
        clock.advance(by: .seconds(20))
        try await queue.turn()
    }
}
