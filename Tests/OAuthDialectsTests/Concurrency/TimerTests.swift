import Foundation
import OAuthDialects
import Testing

@Suite(.timeLimit(.minutes(5)))
struct TimerTests {
    @Test func `A heap of deadlines gives everybody once, in order, whoever left meanwhile`() {
        var random = SplitMix(seed: 7)
        for _ in 0..<200 {
            var heap = DeadlineHeap<Int64>()
            var expected: [UInt64: Int64] = [:]
            for id in UInt64(0)..<300 {
                let instant = Int64(random.next() % 1000)
                heap.add(instant, id: id, until: SessionInstant(nanoseconds: instant))
                expected[id] = instant
                if random.next() % 3 == 0 {
                    let gone = random.next() % (id + 1)
                    #expect(heap.remove(gone) == expected.removeValue(forKey: gone))
                }
            }
            let middle = SessionInstant(nanoseconds: 500)
            let early = heap.removeDue(at: middle)
            #expect(early == expected.values.filter { $0 <= 500 }.sorted())
            #expect(heap.first.map { $0 > middle } ?? true)
            #expect(early + heap.removeDue(at: SessionInstant(nanoseconds: .max)) == expected.values.sorted())
            #expect(heap.count == 0)
        }
    }

    @Test func `Who sleeps wakes when it is time, and not before`() async throws {
        let clock = SystemClock()
        let start = clock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            for milliseconds in [30, 10, 20, 0, -5] {
                let end = start + .milliseconds(milliseconds)
                group.addTask {
                    try await clock.sleep(until: end)
                    #expect(clock.now >= end)
                }
            }
            try await group.waitForAll()
        }
    }

    @Test func `A sleeper that is cancelled is awake at once, and nothing is kept of it`() async throws {
        let queue = TimerQueue()
        let sleepers = (0..<1000).map { _ in
            Task { try await queue.sleep(until: SystemClock().now + .seconds(3600)) }
        }
        await eventually { queue.count == 1000 }
        for sleeper in sleepers { sleeper.cancel() }
        for sleeper in sleepers { await #expect(throws: CancellationError.self) { try await sleeper.value } }
        #expect(queue.count == 0)
    }

    @Test func `Instants stop at the ends of their range`() {
        let now = SessionInstant(nanoseconds: 1)
        #expect(now + .seconds(Int64.max) == SessionInstant(nanoseconds: .max))
        #expect(SessionInstant(nanoseconds: -5) - .seconds(Int64.max) == SessionInstant(nanoseconds: .min))
        #expect(now + .seconds(1_576_799_999) > now)
        #expect(SessionInstant(nanoseconds: .max) - SessionInstant(nanoseconds: .min) > .zero)
    }
}
