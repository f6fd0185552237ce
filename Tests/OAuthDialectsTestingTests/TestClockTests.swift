import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

@Suite(.timeLimit(.minutes(5)))
struct TestClockTests {
    @Test func `Time stands still until it is advanced`() {
        let clock = TestClock()
        let (now, date) = (clock.now, clock.date)
        #expect(clock.now == now && clock.date == date)
        clock.advance(by: .seconds(90))
        #expect(clock.now == now + .seconds(90))
        #expect(clock.date == date.addingTimeInterval(90))
    }

    @Test func `The wall clock moves alone, in both directions`() {
        let clock = TestClock()
        let now = clock.now
        clock.setDate(Date(timeIntervalSince1970: 1000))
        clock.moveDate(by: .seconds(-400))
        #expect(clock.date == Date(timeIntervalSince1970: 600))
        #expect(clock.now == now)
    }

    @Test func `Sleepers wake when they are due, in the order of their deadlines`() async throws {
        let clock = TestClock()
        let start = clock.now
        let (awake, woken) = AsyncStream.makeStream(of: Int.self)
        let tasks = [3, 1, 2].map { seconds in
            Task {
                try await clock.sleep(until: start + .seconds(seconds))
                woken.yield(seconds)
            }
        }
        try await clock.waitForSleepers(3)
        #expect(clock.sleepers == [.seconds(1), .seconds(2), .seconds(3)])
        var awoken = awake.makeAsyncIterator()
        for seconds in 1...3 {
            clock.advance(by: .seconds(1))
            #expect(await awoken.next() == seconds)
        }
        for task in tasks { try await task.value }
        #expect(clock.sleepers.isEmpty)
    }

    @Test func `What is due already does not sleep`() async throws {
        let clock = TestClock()
        try await clock.sleep(until: clock.now)
        try await clock.sleep(until: clock.now - .seconds(5))
    }

    @Test func `A sleeper that is cancelled leaves at once`() async throws {
        let clock = TestClock()
        let sleeper = Task { try await clock.sleep(until: clock.now + .seconds(60)) }
        try await clock.waitForSleepers()
        sleeper.cancel()
        await #expect(throws: CancellationError.self) { try await sleeper.value }
        #expect(clock.sleepers.isEmpty)
    }

    @Test func `A task that is cancelled before it sleeps does not sleep`() async throws {
        let clock = TestClock()
        let sleeper = Task {
            while !Task.isCancelled { await Task.yield() }
            try await clock.sleep(until: clock.now + .seconds(60))
        }
        sleeper.cancel()
        await #expect(throws: CancellationError.self) { try await sleeper.value }
    }

    @Test func `A test waits for a sleeper that a given advance would wake`() async throws {
        let clock = TestClock()
        let long = Task { try await clock.sleep(until: clock.now + .seconds(60)) }
        try await clock.waitForSleepers()
        let wait = Task { try await clock.waitForSleeper(within: .seconds(10)) }
        let short = Task { try await clock.sleep(until: clock.now + .seconds(10)) }
        try await wait.value
        clock.advance(by: .seconds(10))
        try await short.value
        long.cancel()
        _ = await long.result
    }

    @Test func `Waiting for sleepers that never come ends with the task`() async throws {
        let clock = TestClock()
        let wait = Task { try await clock.waitForSleepers() }
        wait.cancel()
        await #expect(throws: CancellationError.self) { try await wait.value }
    }
}
