import BareCurl
import Foundation
import OAuthDialects

/// Compares the SDK's transport on Linux with others, against an nginx on loopback.
@main
struct TransportBenchmark {
    static func main() async throws {
        let arguments = CommandLine.arguments
        if arguments.count > 1 { return try await child(Array(arguments.dropFirst())) }
        try firstToken()
        try renewals()
        let nginx = try Nginx()
        defer { nginx.stop() }
        try await nginx.waitUntilReady()
        try await oneCaller(nginx.url)
        try await manyCallers(nginx.url)
        try await waiting()
        // Last, because it has hung here.
        try await urlSession(nginx.url)
    }

    /// Rounds of each take turns.
    private static func oneCaller(_ url: URL) async throws {
        let session = try SessionClient(url)
        _ = try await session.get(url)
        var (ours, sends, bare): ([Measure], [Measure], [Measure]) = ([], [], [])
        for _ in 0..<5 {
            ours.append(try await Measure.load(session, url, count: 2000, atOnce: 1))
            sends.append(try await Measure.load(SystemTransportClient.shared, url, count: 2000, atOnce: 1))
            bare.append(try await Measure.of { try bareCurl(url, 2000, atOnce: 1) })
        }
        row("data(for:), one caller", .median(ours), per: 2000.0)
        row("send(_:_:), one caller", .median(sends), per: 2000.0)
        row("bare libcurl, one at a time", .median(bare), per: 2000.0)
    }

    private static func manyCallers(_ url: URL) async throws {
        let count = 19_200
        var (ours, bare, nio): ([Measure], [Measure], [Measure]) = ([], [], [])
        for _ in 0..<5 {
            ours.append(try await Measure.load(SystemTransportClient.shared, url, count: count, atOnce: 64))
            bare.append(try await Measure.of { try bareCurl(url, count, atOnce: 64) })
            nio.append(try await Measure.load(AsyncHTTPClientClient(), url, count: count, atOnce: 64))
        }
        rate("send(_:_:), 64 callers", .median(ours), count)
        rate("bare libcurl, 64 at once", .median(bare), count)
        rate("AsyncHTTPClient, 64 callers", .median(nio), count)
        for peer in Peer.all {
            let rates = (0..<5).compactMap { _ in peer.requestsPerSecond(url, count: count, atOnce: 64) }.sorted()
            guard !rates.isEmpty else {
                say("\(peer.name) is not installed: \(peer.install)")
                continue
            }
            say("\(peer.name), 64 callers: \(Int(rates[rates.count / 2])) requests a second")
        }
    }

    private static func urlSession(_ url: URL) async throws {
        let client = URLSessionClient()
        var measures: [Measure] = []
        for _ in 0..<5 { measures.append(try await Measure.load(client, url, count: 500, atOnce: 1)) }
        row("URLSession.data(for:), one caller", .median(measures), per: 500)
        rate("URLSession, 64 callers", try await Measure.load(client, url, count: 1920, atOnce: 64), 1920)
    }

    /// What a process that the benchmark starts does.
    private static func child(_ arguments: [String]) async throws {
        let url = arguments.dropFirst().first.flatMap(URL.init(string:))
        switch (arguments[0], url, arguments.last.flatMap { Int($0) }) {
        case ("provider", _, let latency?): try await SlowProvider(milliseconds: Int64(latency)).serve()
        case ("renewals", let url?, let count?): try await Renewals.run(url, count)
        case ("first", let url?, let kind?):
            try await FirstToken.run(url, over: kind == 0 ? SystemTransport.system : URLSessionTransport.shared)
        default: say("Call it without arguments.")
        }
    }

    private static func firstToken() throws {
        let provider = try Child([Peer.thisProgram, "provider", "0"])
        defer { provider.stop() }
        guard let endpoint = provider.nextLine() else { throw CocoaError(.executableLoad) }
        for (name, kind) in [("the default transport", 0), ("URLSession", 1)] {
            let times = (0..<21).compactMap { _ in Peer.firstToken.figures(endpoint, kind)?.first }.sorted()
            if !times.isEmpty { say("the first token of a process over \(name): \(text(times[times.count / 2])) ms") }
        }
    }

    /// Ten thousand sessions that renew at once, beside as many clients in Go.
    private static func renewals() throws {
        let provider = try Child([Peer.thisProgram, "provider", "200"])
        defer { provider.stop() }
        guard let endpoint = provider.nextLine() else { throw CocoaError(.executableLoad) }
        for client in [Peer.renewals, Peer.goRenewals] {
            let figures = (0..<3).compactMap { _ in client.figures(endpoint, Renewals.count) }.sorted { $0[0] < $1[0] }
            guard let median = figures.dropFirst(figures.count / 2).first, median.count == 2 else {
                say("\(client.name) is not installed: \(client.install)")
                continue
            }
            let each = text(median[0] / Double(Renewals.count) * 1e6)
            say("\(client.name): \(each) µs of processor time each, \(Int(median[1] / 1024)) MiB")
        }
    }

    /// The processor time of a request that waits five seconds on a new connection.
    private static func waiting() async throws {
        let server = try SilentServer()
        let limits = WireLimits(maximumBodyBytes: 1024, timeout: .seconds(5))
        let ours = await Measure.of {
            _ = try? await SystemTransport.system.send(WireRequest("POST", server.url), limits)
        }
        say("a request that waits 5 s: \(text(ours.processorSeconds * 1000)) ms of processor time")
    }

    private static func bareCurl(_ url: URL, _ count: Int, atOnce: Int) throws {
        guard bare_curl_get(url.absoluteString, Int32(count), Int32(atOnce)) == Int32(count) else {
            throw CocoaError(.executableLoad)
        }
    }

    private static func row(_ name: String, _ measure: Measure, per count: Double) {
        let time = text(measure.seconds / count * 1e6)
        say("\(name): \(time) µs, of which \(text(measure.processorSeconds / count * 1e6)) µs of processor time")
    }

    private static func rate(_ name: String, _ measure: Measure, _ count: Int) {
        let each = text(measure.processorSeconds / Double(count) * 1e6)
        say("\(name): \(Int(Double(count) / measure.seconds)) requests a second, \(each) µs of processor time each")
    }

    private static func text(_ number: Double) -> String { String(format: "%.1f", number) }
}

/// Prints a line at once, also into a pipe.
private func say(_ line: String) { FileHandle.standardOutput.write(Data("\(line)\n".utf8)) }
