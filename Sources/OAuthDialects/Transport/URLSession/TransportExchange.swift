internal import Foundation

#if canImport(FoundationNetworking)
internal import FoundationNetworking
#endif

/// A request in progress: the part of its response that has arrived, and the waiting caller.
final class TransportExchange: Sendable {
    private typealias Continuation = CheckedContinuation<WireResponse, any Error>

    private struct State {
        var waiter: Continuation?
        var outcome: Result<WireResponse, any Error>?
        var response: WireResponse?
        var hasSentBody = false
        var hasRefusedRedirect = false
        var isAbandoned = false
    }

    private let state = Locked(State())
    private let maximumBodyBytes: Int
    private let isHead: Bool

    init(maximumBodyBytes: Int, isHead: Bool) {
        self.maximumBodyBytes = max(0, maximumBodyBytes)
        self.isHead = isHead
    }

    /// Registers the waiting caller; `false` if the exchange has already ended.
    func begin(_ waiter: CheckedContinuation<WireResponse, any Error>) -> Bool {
        let outcome = state.withLock { state in
            if state.outcome == nil { state.waiter = waiter }
            return state.outcome
        }
        if let outcome { waiter.resume(with: outcome) }
        return outcome == nil
    }

    /// Ends the exchange; later calls have no effect.
    func end(_ outcome: Result<WireResponse, any Error>) {
        let waiter = state.withLock { state in Self.end(&state, outcome) }
        waiter?.resume(with: outcome)
    }

    /// Receives status and headers; `false` to skip the body.
    func receive(_ received: URLResponse) -> Bool {
        guard let response = WireResponse(received) else { return true }
        // On Linux an interim response (1xx) arrives here first; the last response counts.
        state.withLock { $0.response = response }
        guard !isHead, received.expectedContentLength > Int64(maximumBodyBytes) else { return true }
        return cutOff(response)
    }

    /// Receives part of the body; `false` once the limit is reached.
    func receive(_ data: Data) -> Bool {
        let full = state.withLock { state -> WireResponse? in
            guard state.outcome == nil, let count = state.response?.body.count else { return nil }
            state.response?.body.append(data.prefix(maximumBodyBytes - count))
            return count + data.count > maximumBodyBytes ? state.response : nil
        }
        return full.map(cutOff) ?? true
    }

    private func cutOff(_ response: WireResponse) -> Bool {
        var response = response
        response.isCutOff = true
        end(.success(response))
        return !abandon()
    }

    func noteBodySent() {
        state.withLock { $0.hasSentBody = true }
    }

    /// Ends the exchange with the response that arrived, or with the failure.
    func complete(_ response: URLResponse?, _ error: (any Error)?) {
        let (received, hasSentBody) = state.withLock { ($0.response, $0.hasSentBody) }
        if let error {
            end(.failure(WireFailure(error, hasSentBody: hasSentBody)))
        } else if let received = received ?? response.flatMap(WireResponse.init) {
            // Linux reports a redirect to an invalid URL only in the task's `response`.
            end(.success(received))
        } else {
            end(.failure(WireFailure(.notHTTP, mayHaveArrived: true)))
        }
    }

    /// Whether the task may be cancelled: only once, and not after the delegate has answered a redirect.
    func abandon() -> Bool {
        state.withLock { state in
            guard !state.hasRefusedRedirect, !state.isAbandoned else { return false }
            state.isAbandoned = true
            return true
        }
    }

    /// Whether the delegate may refuse a redirect: not after the task was cancelled.
    func refuseRedirect() -> Bool {
        state.withLock { state in
            guard !state.isAbandoned else { return false }
            state.hasRefusedRedirect = true
            return true
        }
    }

    private static func end(_ state: inout State, _ outcome: Result<WireResponse, any Error>) -> Continuation? {
        guard state.outcome == nil else { return nil }
        state.outcome = outcome
        state.response = nil
        defer { state.waiter = nil }
        return state.waiter
    }
}
