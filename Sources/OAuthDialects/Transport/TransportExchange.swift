internal import Foundation

#if canImport(FoundationNetworking)
internal import FoundationNetworking
#endif

/// One request under way: what has come of its answer, and who waits for it.
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

    /// Waits for the end; `false` if it has come already.
    func begin(_ waiter: CheckedContinuation<WireResponse, any Error>) -> Bool {
        let outcome = state.withLock { state in
            if state.outcome == nil { state.waiter = waiter }
            return state.outcome
        }
        if let outcome { waiter.resume(with: outcome) }
        return outcome == nil
    }

    /// Ends it; only the first end counts.
    func end(_ outcome: Result<WireResponse, any Error>) {
        let waiter = state.withLock { state in Self.end(&state, outcome) }
        waiter?.resume(with: outcome)
    }

    /// Takes status and headers; `false` if the body is not wanted.
    func receive(_ received: URLResponse) -> Bool {
        guard let response = WireResponse(received) else { return true }
        // An interim response (1xx) comes here first on Linux; the last one counts.
        state.withLock { $0.response = response }
        guard !isHead, received.expectedContentLength > Int64(maximumBodyBytes) else { return true }
        return cutOff(response)
    }

    /// Takes a piece of the body; `false` if no more is wanted.
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

    /// Ends it with what has come, or with why nothing came.
    func complete(_ response: URLResponse?, _ error: (any Error)?) {
        let (received, hasSentBody) = state.withLock { ($0.response, $0.hasSentBody) }
        if let error {
            end(.failure(WireFailure(error, hasSentBody: hasSentBody)))
        } else if let received = received ?? response.flatMap(WireResponse.init) {
            // Linux keeps a redirect to an unreadable address to itself, but for the task's own `response`.
            end(.success(received))
        } else {
            end(.failure(WireFailure(.notHTTP, mayHaveArrived: true)))
        }
    }

    /// Whether the task may be cancelled: not twice, and not once it has been told about a redirect (see the delegate).
    func abandon() -> Bool {
        state.withLock { state in
            guard !state.hasRefusedRedirect, !state.isAbandoned else { return false }
            state.isAbandoned = true
            return true
        }
    }

    /// Whether the task may be told that a redirect is not followed: not after it was cancelled.
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
