import Foundation
import OAuthDialects
import Testing

extension Heavy {
    /// `SIMULATION_SCENARIOS` says how many scenarios are lived through, `SIMULATION_SEED` where they begin: a failing seed with
    /// one scenario is that failure again.
    @Suite(.timeLimit(.minutes(120)))
    struct SimulationTests {
        @Test func `No sequence of faults breaks a promise`() async {
            let (first, count) = Simulation.range
            let began = ContinuousClock.now
            let failures = await Simulation.run(from: first, count: count)
            let seconds = (ContinuousClock.now - began) / .seconds(1)
            print("Simulation: \(count) scenarios from seed \(first) in \(String(format: "%.1f", seconds)) s")
            for failure in failures.prefix(3) { Issue.record("\(failure)") }
            #expect(failures.isEmpty, "\(failures.count) of \(count) scenarios")
        }
    }
}

/// Many scenarios, on all cores.
enum Simulation {
    struct Failure: Sendable, CustomStringConvertible {
        let description: String
    }

    static var range: (first: UInt64, count: UInt64) {
        #if TSAN
        let usual: UInt64 = 2000
        #else
        let usual: UInt64 = 5000
        #endif
        let environment = ProcessInfo.processInfo.environment
        let first = environment["SIMULATION_SEED"].flatMap { UInt64($0) }
        let count = environment["SIMULATION_SCENARIOS"].flatMap { UInt64($0) }
        return (first ?? 1, count ?? (first == nil ? usual : 1))
    }

    static func run(from first: UInt64, count: UInt64) async -> [Failure] {
        let parts = UInt64(max(1, ProcessInfo.processInfo.activeProcessorCount - (count > 10_000 ? 0 : 1)))
        return await withTaskGroup(of: [UInt64].self) { group in
            for part in 0..<parts {
                // Other tests run beside this one, some of them against a clock on a wall: they go first.
                group.addTask(priority: .background) {
                    var failures: [UInt64] = []
                    for seed in stride(from: first + part, to: first + count, by: Int(parts)) {
                        var world = World(Scenario(seed: seed))
                        if world.live() != nil { failures.append(seed) }
                        await Task.yield()
                    }
                    return failures
                }
            }
            let seeds = await group.reduce(into: []) { $0 += $1 }.sorted()
            return seeds.prefix(3).map { Failure(description: Shrinker.report($0)) }
                + seeds.dropFirst(3).map { Failure(description: "seed \($0)") }
        }
    }
}
