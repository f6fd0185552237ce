import Foundation
import OAuthDialects

/// Nanoseconds a call: the median of several rounds, and how far they were apart.
struct Figure {
    let median: Double
    let lowest: Double
    let highest: Double

    init(_ rounds: [Duration], calls: Int) {
        let times = rounds.map { $0 / .nanoseconds(1) / Double(calls) }.sorted()
        median = times[times.count / 2]
        lowest = times[0]
        highest = times[times.count - 1]
    }

    var text: String {
        [median, lowest, highest].map { String(Int($0.rounded())) }.joined(separator: " / ")
    }
}

let calls = 200_000
let rounds = 15

func measureCurrent(_ session: TokenSession) -> Figure {
    Figure(
        (0..<rounds).map { _ in
            ContinuousClock().measure { for _ in 0..<calls { consume(session.currentAccessToken) } }
        },
        calls: calls
    )
}

@concurrent
func measureOffMainActor(_ session: TokenSession) async throws -> Figure {
    var times: [Duration] = []
    for _ in 0..<rounds {
        let start = ContinuousClock.now
        for _ in 0..<calls { consume(try await session.accessToken()) }
        times.append(ContinuousClock.now - start)
    }
    return Figure(times, calls: calls)
}

@MainActor
func measureOnMainActor(_ session: TokenSession) async throws -> Figure {
    var times: [Duration] = []
    for _ in 0..<rounds {
        let start = ContinuousClock.now
        for _ in 0..<calls { consume(try await session.accessToken()) }
        times.append(ContinuousClock.now - start)
    }
    return Figure(times, calls: calls)
}

/// What one hop between the main actor and the pool costs here, to compare with.
@MainActor
func measureHop() async -> Figure {
    var times: [Duration] = []
    for _ in 0..<5 {
        let start = ContinuousClock.now
        for _ in 0..<2000 { await elsewhere.visit() }
        times.append(ContinuousClock.now - start)
    }
    return Figure(times, calls: 2000)
}

private actor Elsewhere {
    var visits = 0
    func visit() { visits += 1 }
}

private let elsewhere = Elsewhere()

@inline(never)
func consume(_ token: AccessToken?) {}

/// The memory that the process holds; 0 where there is no `/proc`.
func residentKiB() -> Int {
    let text = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = text.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
    return line.flatMap { Int($0.filter(\.isNumber)) } ?? 0
}
