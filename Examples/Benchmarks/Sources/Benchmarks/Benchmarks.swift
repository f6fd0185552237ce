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
        let (requests, time) = try await crowd(of: 10_000)
        line("token requests that 10,000 callers on a cold session cause", "\(requests)")
        line("all of them answered (the provider takes 200 ms)", "\(Int((time / .milliseconds(1)).rounded())) ms")
        let (before, after) = try await memory(over: 100_000)
        line("resident memory after 10,000 and after 100,000 renewals", "\(before) KiB / \(after) KiB")
    }

    /// Resident memory after a tenth of the renewals and after all of them, in KiB.
    static func memory(over count: Int) async throws -> (Int, Int) {
        var policy = RenewalPolicy.standard
        policy.burst = count * 2
        let session = InstantProvider(lifetime: 3600).session(policy)
        for _ in 0..<(count / 10) { consume(try await session.renew()) }
        let before = residentKiB()
        for _ in (count / 10)..<count { consume(try await session.renew()) }
        return (before, residentKiB())
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
