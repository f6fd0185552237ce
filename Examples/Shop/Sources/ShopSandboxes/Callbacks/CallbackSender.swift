import Foundation
import OAuthDialects
import Synchronization

/// Sends a provider's callbacks: again after a failure, and not at all while it is switched off.
final class CallbackSender: Sendable {
    private struct State {
        var isOn = true
        var lines: [(date: Date, text: String)] = []
    }

    private let service: CallbackService
    private let transport: any WireTransport
    private let clock: any SessionClock
    private let pauses: [Duration]
    private let state = Mutex(State())

    /// Creates a sender.
    ///
    /// - Parameters:
    ///   - service: owns the work.
    ///   - transport: sends the requests.
    ///   - clock: dates the requests and measures the pauses.
    ///   - pauses: the pause after each failed attempt; after the last one follows the last attempt.
    init(_ service: CallbackService, _ transport: any WireTransport, _ clock: any SessionClock, pauses: [Duration]) {
        self.service = service
        self.transport = transport
        self.clock = clock
        self.pauses = pauses
    }

    /// Whether callbacks are sent.
    var isOn: Bool {
        get { state.withLock { $0.isOn } }
        set { state.withLock { $0.isOn = newValue } }
    }

    /// What was sent and how it was answered, without anything secret.
    var lines: [(date: Date, text: String)] { state.withLock { $0.lines } }

    /// Sends a callback until a response has a status of 2xx.
    ///
    /// - Parameters:
    ///   - name: what the transcript calls it.
    ///   - request: the request, signed at the date of its attempt.
    func send(_ name: String, _ request: @escaping @Sendable (Date) throws -> WireRequest) {
        guard isOn else {
            note("\(name) was not sent: callbacks are switched off.")
            return
        }
        service.add { [self] in
            for (number, pause) in (pauses.map(Optional.some) + [nil]).enumerated() {
                if await attempt(name, number + 1, request) { return }
                guard let pause else { break }
                do { try await clock.sleep(for: pause) } catch { return }
            }
        }
    }

    private func attempt(_ name: String, _ number: Int, _ request: (Date) throws -> WireRequest) async -> Bool {
        do {
            let limits = WireLimits(maximumBodyBytes: 64 * 1024, timeout: .seconds(30))
            let response = try await transport.send(try request(clock.date), limits)
            note("\(name), attempt \(number) → \(response.status)")
            return (200..<300).contains(response.status)
        } catch {
            note("\(name), attempt \(number) → no response")
            return false
        }
    }

    private func note(_ text: String) {
        let date = clock.date
        state.withLock { state in
            if state.lines.count >= 1000 { state.lines.removeFirst(state.lines.count - 999) }
            state.lines.append((date, text))
        }
    }
}
