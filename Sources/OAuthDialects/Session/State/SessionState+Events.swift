internal import Foundation

extension SessionState {
    func succeeded(_ arrival: Arrival, _ flight: Flight, at moment: Moment) -> [SessionEvent] {
        var metadata = particulars(flight, at: moment)
        metadata["rung"] = arrival.rung.rawValue
        metadata["lifetime"] = arrival.held.lifetime.map { "\($0.components.seconds)" }
        let life = arrival.held.lifetime.map { "good for \($0.components.seconds) s" } ?? "good until rejected"
        let way =
            [Rung.refresh: "refreshing", .authenticate: "authenticating", .signIn: "signing in"][arrival.rung] ?? ""
        let words = "New token by \(way), \(life)."
        let renewed = SessionEvent(.renewalSucceeded, .info, words, metadata, at: moment.date)
        guard arrival.rung == .signIn else { return [renewed] }
        return [renewed, SessionEvent(.signedIn, .notice, "Somebody signed in.", at: moment.date)]
    }

    func failed(_ flight: Flight, _ failure: TokenError, isLive: Bool, at moment: Moment) -> [SessionEvent] {
        var metadata = particulars(flight, at: moment)
        metadata["code"] = failure.code.description
        let failed = SessionEvent(
            .renewalFailed,
            isLive ? .warning : .error,
            "Renewal failed. \(failure)",
            metadata,
            at: moment.date
        )
        guard isLive else { return [failed] }
        let served = SessionEvent(
            .tokenServed,
            .notice,
            "The token in hand goes on being served.",
            at: moment.date
        )
        return [failed, served]
    }

    static func storeFailed(_ failure: TokenError, at moment: Moment) -> SessionEvent {
        SessionEvent(
            .storeFailed,
            .error,
            "The store failed; the session goes on from memory. \(failure)",
            ["code": failure.code.description],
            at: moment.date
        )
    }

    private func particulars(_ flight: Flight, at moment: Moment) -> [String: String] {
        var metadata = [
            "reason": flight.reason.rawValue,
            "waiting": "\(waiters.count)",
            "seconds": SecondsText.of(moment.now - flight.startedAt),
        ]
        if let first = waiters.values.lazy.map(\.since).min() {
            metadata["held_up"] = SecondsText.of(moment.now - first)
        }
        if !flight.passedOver.isEmpty {
            metadata["passed_over"] = flight.passedOver.map { "\($0.rung.rawValue): \($0.why)" }.joined(separator: "; ")
        }
        return metadata
    }
}
