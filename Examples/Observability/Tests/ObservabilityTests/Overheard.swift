import Foundation
import InMemoryLogging
import InMemoryTracing
import Logging
import MetricsTestKit
import OAuthDialects
import OAuthDialectsTesting
import SessionObservability
import Synchronization

/// A session whose logs, metrics and spans stay in memory, and every secret that went over the wire.
struct Overheard {
    let sandbox: ProviderSandbox
    let session: TokenSession
    let logs = InMemoryLogHandler()
    let metrics = TestMetrics()
    let tracer = InMemoryTracer()
    let wire = Wiretap()

    init(_ provider: ProviderSandbox.Provider, named name: String) {
        sandbox = ProviderSandbox(provider)
        sandbox.stub("GET", "/me", json: "{}")
        var logger = Logger(label: "test", factory: { [logs] _ in logs })
        logger.logLevel = .trace
        let telemetry = SessionTelemetry(provider: name, logger: logger, metrics: metrics)
        session = sandbox.session(
            transport: TracedTransport(Tap(base: sandbox, wire: wire), provider: name, tracer: tracer),
            onEvent: telemetry.record
        )
    }

    /// Lets the pauses of a renewal pass as soon as somebody sleeps through one.
    func hurry<Value: Sendable>(_ work: @escaping @Sendable () async throws -> Value) async throws -> Value {
        guard let clock = sandbox.clock as? TestClock else { return try await work() }
        return try await withThrowingTaskGroup(of: Value?.self) { group in
            defer { group.cancelAll() }
            group.addTask { try await work() }
            group.addTask {
                while true {
                    try await clock.waitForSleeper(within: .milliseconds(4500))
                    if let first = clock.sleepers.first { clock.advance(by: first) }
                }
            }
            while let value = try await group.next() {
                if let value { return value }
            }
            throw CancellationError()
        }
    }

    /// All that came out, as text.
    var words: [String] {
        let lines = logs.entries.map { "\($0.level) \($0.message) \($0.metadata) \(String(describing: $0.error))" }
        let labels =
            metrics.counters.map { "\($0.label) \($0.dimensions)" }
            + metrics.timers.map { "\($0.label) \($0.dimensions)" }
        let spans = tracer.finishedSpans.map { span in
            var text = "\(span.operationName) \(span.errors) \(String(describing: span.status)) \(span.events)"
            // swift-format-ignore: ReplaceForEachWithForLoop
            span.attributes.forEach { text += " \($0)=\($1)" }
            return text
        }
        return lines + labels + spans
    }

    /// The client's secret and every token, as they are and as they travel.
    var secrets: Set<String> {
        let plain = wire.secrets.union([sandbox.credentials.secret?.revealed ?? ""])
        let pairs = plain.map { "\(sandbox.credentials.id):\($0)" }
        let encoded = plain.compactMap { $0.addingPercentEncoding(withAllowedCharacters: .alphanumerics) }
        let base64 = (plain + pairs).map { Data($0.utf8).base64EncodedString() }
        return plain.union(encoded).union(base64)
    }
}

/// The tokens that were handed out.
final class Wiretap: Sendable {
    private let found = Mutex<Set<String>>([])

    var secrets: Set<String> { found.withLock { $0 } }

    func hear(_ response: WireResponse) {
        let object = try? JSONSerialization.jsonObject(with: response.body) as? [String: Any]
        let names = ["access_token", "refresh_token", "accessToken", "refreshToken"]
        found.withLock { $0.formUnion(names.compactMap { object?[$0] as? String }) }
    }
}

private struct Tap: WireTransport {
    let base: any WireTransport
    let wire: Wiretap

    func send(_ request: WireRequest, _ limits: WireLimits) async throws -> WireResponse {
        let response = try await base.send(request, limits)
        wire.hear(response)
        return response
    }
}
