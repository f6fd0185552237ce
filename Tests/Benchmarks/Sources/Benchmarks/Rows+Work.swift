import Foundation
import OAuthDialects

/// What is measured.
extension Rows {
    func reading() async throws -> [Row] {
        let session = try await InstantProvider(lifetime: 3600).warmSession()
        // A session of its own for each: it is read from copies once it was read by two.
        let shared = try await InstantProvider(lifetime: 3600).warmSession()
        return try await [
            row("currentAccessToken, one task", "ns", "fresh") { try await Reading.current(session, tasks: 1) },
            row("currentAccessToken, two tasks at once", "ns", "pair") { try await Reading.current(shared, tasks: 2) },
            row("currentAccessToken, four tasks at once", "ns", "quad") { try await Reading.current(shared, tasks: 4) },
            row("accessToken(), one task", "ns", "fresh") { try await Reading.access(session, tasks: 1) },
            row("accessToken(), two tasks at once", "ns", "pair") { try await Reading.access(shared, tasks: 2) },
            row("accessToken(), from the main actor", "ns") { try await Reading.onMainActor(session) },
            row("one hop to another actor and back", "ns") { await Reading.hop() },
            row("a call of 1,000 while a renewal of 500 ms goes on, against a fresh token", "×") {
                try await Advisory.slowdown()
            },
            row("reading WeTix's token answer", "µs") { try Reading.answer() },
        ].flatMap(\.self)
    }

    func requests() async throws -> [Row] {
        let quick = provider.url("quick")
        return try await row("first token of a fresh process", "ms", "first", quick, isTimed: true) {
            let start = ContinuousClock.now
            _ = try Child.figure("first", quick)
            return milliseconds(ContinuousClock.now - start)
        }
    }

    /// Crowds; those of the Python and Java peers are of 200 threads, ours and Go's of 10,000 tasks.
    func crowds() async throws -> [Row] {
        let (token, down) = (provider.url("token"), provider.url("down"))
        let crowd = "10,000 callers without a token, 200 ms"
        return try await [
            row("\(crowd): the last", "ms", "crowd", token) { try Child.figure("crowd", token) },
            requests("\(crowd): token requests", "crowd", at: token) { _ = try Child.figure("crowd", token) },
            requests("10,000 late 401s after a revocation: token requests, with the first", at: token) {
                let session = try Provider.session(at: token)
                consume(try await session.accessToken())
                try await Crowd.lateRejections(10_000, of: session)
            },
            row("20 callers, provider breaks off after 300 ms: the last", "ms", "down", down) {
                try Child.figure("down", down)
            },
            row("slowest of 1,000 calls while 64 callers hang at another provider, against none", "×") {
                try await Bystanders.slowdown(provider)
            },
        ].flatMap(\.self)
    }

    func sessions() async throws -> [Row] {
        try await [
            once(["memory growth over 90,000 renewals"], ["KiB"]) { [try await Memory.overRenewals(100_000)] },
            once(["an idle session of 100,000 in a pool: memory", "making it"], ["KiB", "µs"]) {
                let idle = try Memory.ofIdleSessions(100_000)
                return [idle.kibibytes, idle.microseconds]
            },
            once(
                [
                    "1,000,000 sessions in a pool: memory of the last 100,000, against the first",
                    "1,000,000 sessions in a pool: time to make the last 100,000, against the first",
                    "1,000,000 sessions in a pool: a renewal of the last 10,000, against the first",
                ],
                ["×", "×", "×"]
            ) { try Child.figures("growth", "1000000") },
            once(
                [
                    "100,000 sessions kept by one run(): busiest second",
                    "100,000 sessions kept by one run(): sleeping tasks",
                    "100,000 sessions kept by one run(): a renewal",
                ],
                ["× mean", "", "µs"]
            ) {
                let kept = try await Upkeep.ofSessions(100_000)
                return [kept.peak, kept.sleepers, kept.microseconds]
            },
        ].flatMap(\.self)
    }
}
