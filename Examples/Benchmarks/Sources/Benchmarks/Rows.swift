import Foundation
import OAuthDialects

/// The rows of the table; rounds of ours and of the peers take turns.
enum Rows {
    private static let rounds = 5

    /// What peers can do as well.
    static func compared(with peers: [Peer], _ provider: Provider) async throws -> [Row] {
        let session = try await InstantProvider(lifetime: 3600).warmSession()
        let quick = provider.url("quick")
        return try await [
            compare("read a fresh token, one task", "ns", with: peers, "fresh") { Reading.current(session) },
            compare("the same, two tasks at once", "ns", with: peers, "pair") { await Reading.currentTwice(session) },
            compare("accessToken(), off the main actor", "ns", with: peers, "fresh") {
                try await Reading.offMainActor(session)
            },
            compare("first token of a fresh process", "ms", with: peers, "first", quick, isTimed: true) {
                milliseconds(try await Processes.ours("first", quick))
            },
        ] + crowds(peers, provider)
    }

    /// Crowds; those of the Python peers are of 200 threads, ours and Go's of 10,000 tasks.
    private static func crowds(_ peers: [Peer], _ provider: Provider) async throws -> [Row] {
        let (token, down) = (provider.url("token"), provider.url("down"))
        let crowd = "10,000 callers (Python: 200), cold, 200 ms"
        return try await [
            compare("\(crowd): the last", "ms", with: peers, "crowd", token) {
                try await Crowd.last(10_000, at: token)
            },
            count("\(crowd): token requests", with: peers, "crowd", token, provider) {
                _ = try await Crowd.last(10_000, at: token)
            },
            countOurs("10,000 late 401s after a revocation: token requests", token, provider),
            compare("20 callers, provider breaks off after 300 ms: the last", "ms", with: peers, "down", down) {
                try await Crowd.last(20, at: down)
            },
        ]
    }

    private static func compare(
        _ name: String,
        _ unit: String,
        with peers: [Peer],
        _ work: String,
        _ url: URL? = nil,
        isTimed: Bool = false,
        _ ours: () async throws -> Double
    ) async throws -> Row {
        progress(name)
        var own: [Double] = []
        var others: [String: [Double]] = [:]
        for _ in 0..<rounds {
            own.append(try await ours())
            for peer in peers {
                let start = ContinuousClock.now
                guard let figure = peer.measure(work, url) else { continue }
                others[peer.name, default: []].append(isTimed ? milliseconds(ContinuousClock.now - start) : figure)
            }
        }
        return Row(name: name, unit: unit, ours: Figure(own), peers: others.mapValues(Figure.init))
    }

    private static func count(
        _ name: String,
        with peers: [Peer],
        _ work: String,
        _ url: URL,
        _ provider: Provider,
        _ ours: () async throws -> Void
    ) async throws -> Row {
        progress(name)
        var row = Row(name: name, unit: "", ours: Figure([try await provider.requests(ours)]))
        for peer in peers {
            row.peers[peer.name] = Figure([await provider.requests { _ = peer.measure(work, url) }])
        }
        return row
    }

    private static func countOurs(_ name: String, _ url: URL, _ provider: Provider) async throws -> Row {
        progress(name)
        let session = try Provider.session(at: url)
        consume(try await session.accessToken())
        let requests = try await provider.requests { try await Crowd.lateRejections(10_000, of: session) }
        return Row(name: name, unit: "", ours: Figure([requests]))
    }

    /// What only we do.
    static func alone(_ provider: Provider) async throws -> [Row] {
        let session = try await InstantProvider(lifetime: 3600).warmSession()
        progress("memory and upkeep of 100,000 sessions")
        let memory = try await Memory.overRenewals(100_000)
        let idle = try Memory.ofIdleSessions(100_000)
        let kept = try await Upkeep.ofSessions(100_000)
        return try await [
            own("accessToken(), from the main actor", "ns") { try await Reading.onMainActor(session) },
            own("one hop to another actor and back", "ns") { await Reading.hop() },
            own("reading WeTix's token answer", "µs") { try Reading.answer() },
            own("a call of 1,000 while a renewal of 500 ms goes on, against a fresh token", "×") {
                try await Advisory.slowdown()
            },
            Row(name: "memory growth over 90,000 renewals", unit: "KiB", ours: Figure([memory])),
            Row(name: "an idle session's memory, in a pool", unit: "KiB", ours: Figure([idle.kibibytes])),
            Row(
                name: "100,000 sessions kept by one run(): busiest second",
                unit: "× mean",
                ours: Figure([kept.peak])
            ),
            Row(name: "the same: sleeping tasks", unit: "", ours: Figure([kept.sleepers])),
            Row(name: "the same: a renewal", unit: "µs", ours: Figure([kept.microseconds])),
            Row(name: "making a session of a pool", unit: "µs", ours: Figure([idle.microseconds])),
        ]
    }

    private static func own(_ name: String, _ unit: String, _ work: () async throws -> Double) async throws -> Row {
        progress(name)
        var figures: [Double] = []
        for _ in 0..<rounds { figures.append(try await work()) }
        return Row(name: name, unit: unit, ours: Figure(figures))
    }

    /// Tells on standard error what is being measured: the whole takes minutes.
    private static func progress(_ name: String) { FileHandle.standardError.write(Data("measuring: \(name)\n".utf8)) }

    static func milliseconds(_ duration: Duration) -> Double { duration / .milliseconds(1) }
}
