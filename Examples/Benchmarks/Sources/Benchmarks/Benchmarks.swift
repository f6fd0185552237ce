import Foundation
import OAuthDialects

@main
struct Benchmarks {
    static func main() async throws {
        let session = InstantProvider(lifetime: 3600).session()
        _ = try await session.accessToken()
        line("nanoseconds a call, fresh token", "median / lowest / highest of \(rounds) rounds")
        line("currentAccessToken", measureCurrent(session).text)
        line("accessToken(), off the main actor", try await measureOffMainActor(session).text)
        line("accessToken(), from the main actor", try await measureOnMainActor(session).text)
        line("one hop from the main actor and back, to compare", await measureHop().text)
        print()
        for count in [10_000] {
            let (requests, time) = try await crowd(of: count)
            line("token requests that \(count) callers on a cold session cause", "\(requests)")
            line("all of them answered (the provider takes 200 ms)", "\(Int((time / .milliseconds(1)).rounded())) ms")
        }
    }

    static func crowd(of count: Int) async throws -> (Int, Duration) {
        let provider = InstantProvider(lifetime: 3600, delay: .milliseconds(200))
        let session = provider.session()
        let start = ContinuousClock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<count { group.addTask { consume(try await session.accessToken()) } }
            try await group.waitForAll()
        }
        return (provider.requests, ContinuousClock.now - start)
    }

    static func line(_ name: String, _ value: String) {
        print(name.padding(toLength: 62, withPad: " ", startingAt: 0) + value)
    }
}
