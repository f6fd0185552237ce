import Foundation

/// How long some work takes, in all and on the processor.
struct Measure {
    let seconds: Double
    let processorSeconds: Double

    static func of(_ work: () async throws -> Void) async rethrows -> Self {
        let (start, processor) = (ContinuousClock.now, processorTime)
        try await work()
        return Self(
            seconds: (ContinuousClock.now - start) / .seconds(1),
            processorSeconds: processorTime - processor
        )
    }

    /// The measure with the median time.
    static func median(_ measures: [Self]) -> Self { measures.sorted { $0.seconds < $1.seconds }[measures.count / 2] }

    static var processorTime: Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
        return seconds(usage.ru_utime) + seconds(usage.ru_stime)
    }

    /// So many requests, so many at once.
    @concurrent
    static func load(_ client: some Client, _ url: URL, count: Int, atOnce: Int) async throws -> Self {
        try await of {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<atOnce {
                    group.addTask {
                        for _ in 0..<(count / atOnce) {
                            guard try await client.get(url) == 200 else { throw CocoaError(.fileReadUnknown) }
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
    }
}
