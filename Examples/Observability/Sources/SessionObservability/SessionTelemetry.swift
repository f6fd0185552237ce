import Logging
import Metrics
import OAuthDialects

/// Hands a session's events to swift-log and swift-metrics: `TokenSession(…, onEvent: telemetry.record)`.
///
/// Events hold no secrets, so neither do log lines nor labels. Labels have few values: names of events, statuses, codes.
public struct SessionTelemetry: Sendable {
    private let provider: String
    private let logger: Logger
    private let metrics: any MetricsFactory

    /// Makes a telemetry for one session.
    ///
    /// - Parameters:
    ///   - provider: the dialect's name, or another that tells sessions apart; not a person's.
    ///   - logger: gets a line for each event, at the event's level.
    ///   - metrics: makes the counters and timers; what the process was bootstrapped with unless told.
    public init(provider: String, logger: Logger, metrics: any MetricsFactory = MetricsSystem.factory) {
        self.provider = provider
        self.logger = logger
        self.metrics = metrics
    }

    /// Takes an event; it returns at once.
    public func record(_ event: SessionEvent) {
        log(event)
        count(event)
    }

    private func log(_ event: SessionEvent) {
        var metadata = event.metadata.mapValues { Logger.MetadataValue.string($0) }
        metadata["event"] = "\(event.name)"
        metadata["provider"] = "\(provider)"
        logger.log(level: event.level.ofLogger, "\(event.message)", metadata: metadata)
    }

    private func count(_ event: SessionEvent) {
        Counter(label: "oauth.events", dimensions: dimensions("event", "\(event.name)"), factory: metrics).increment()
        switch event.name {
        case .exchangeAnswered:
            let outcome = event.metadata["status"] ?? event.metadata["failure"]
            time("oauth.exchange.duration", event.metadata["seconds"], dimensions("outcome", outcome))
        case .renewalSucceeded, .renewalFailed:
            let outcome = event.metadata["method"] ?? event.metadata["code"]
            time("oauth.renewal.duration", event.metadata["seconds"], dimensions("outcome", outcome))
            time("oauth.renewal.wait", event.metadata["wait_seconds"], dimensions("outcome", outcome))
        default: break
        }
    }

    private func time(_ label: String, _ seconds: String?, _ dimensions: [(String, String)]) {
        guard let seconds = seconds.flatMap(Double.init) else { return }
        Timer(label: label, dimensions: dimensions, factory: metrics).recordSeconds(seconds)
    }

    private func dimensions(_ name: String, _ value: String?) -> [(String, String)] {
        [("provider", provider), (name, value ?? "unknown")]
    }
}

extension SessionEvent.Level {
    fileprivate var ofLogger: Logger.Level {
        switch self {
        case .debug: .debug
        case .info: .info
        case .notice: .notice
        case .warning: .warning
        case .error: .error
        }
    }
}
