internal import Foundation
internal import OAuthDialects

extension TransportBench {
    /// Judged only if the process is otherwise idle, because the system counts the CPU time of all its threads together.
    ///
    /// Three attempts, because other work may begin during one.
    var waiting: [ConformanceCase] {
        let measured = Locked<String?>(nil)
        return [
            ConformanceCase(
                clause: "Waiting takes no CPU",
                tried: "a POST on a new connection, to a server that does not respond within a second",
                expected: "less than a quarter of one core during the wait",
                measured: measured
            ) {
                var deviation: String?
                for _ in 0..<3 {
                    let (share, others) = try await wait()
                    let isMeasured = others < 0.1
                    let (text, rest) = (Self.percent(share), Self.percent(others))
                    measured.withLock { $0 = isMeasured ? text : "not measured: other work took \(rest)" }
                    if isMeasured, share < 0.25 { return nil }
                    if isMeasured { deviation = text }
                }
                return deviation
            }
        ]
    }

    /// The share of a request that waits for a second, and the larger one of the moments before and after it.
    private func wait() async throws -> (share: Double, others: Double) {
        let limits = WireLimits(maximumBodyBytes: 1024, timeout: .seconds(1))
        let script: LoopbackScript = { _ in .hang }
        return try await served(script) { url, _ in
            let before = await idle()
            let share = try await ProcessUsage.share { _ = try await failure(request("POST", url), limits) }
            return (share, max(before, await idle()))
        }
    }

    private func idle() async -> Double {
        await ProcessUsage.share { _ = try? await Task.sleep(for: .milliseconds(300)) }
    }

    private static func percent(_ share: Double) -> String {
        "\((share * 1000).rounded() / 10) % of one core"
    }
}
