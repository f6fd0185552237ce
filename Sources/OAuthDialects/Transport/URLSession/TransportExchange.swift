#if URLSession
package import Foundation

#if canImport(FoundationNetworking)
package import FoundationNetworking
#endif

/// A request in progress: the received part of its response, and the waiting caller.
package final class TransportExchange: Sendable {
    private typealias Continuation = CheckedContinuation<WireResponse, any Error>

    private struct State {
        var waiter: Continuation?
        var outcome: Result<WireResponse, any Error>?
        var response: WireResponse?
        var hasSentBody = false
        var hasRefusedRedirect = false
        var isAbandoned = false
        /// The reader of a streamed body.
        weak var reader: BodySource?
        var isPaused = false
        var lastArrival: SessionInstant?
    }

    /// What to do after a part of the body.
    package enum Continuing { case goOn, wait, stop }

    #if canImport(FoundationNetworking)
    /// On Linux a task that is suspended and resumed sends its request again.
    private static let canWait = false
    #else
    private static let canWait = true
    #endif

    /// How much of a body may have arrived and not be read, in bytes.
    private static let maximumUnread = 64 * 1024 * 1024

    private let state = Locked(State())
    private let maximumBodyBytes: Int
    private let isHead: Bool
    private let isStreamed: Bool

    package init(maximumBodyBytes: Int, isHead: Bool, isStreamed: Bool) {
        self.maximumBodyBytes = max(0, maximumBodyBytes)
        self.isHead = isHead
        self.isStreamed = isStreamed
    }

    package func attach(_ reader: BodySource) { state.withLock { $0.reader = reader } }

    /// Registers the waiting caller; `false` if the exchange has already ended.
    package func begin(_ waiter: CheckedContinuation<WireResponse, any Error>) -> Bool {
        let outcome = state.withLock { state in
            if state.outcome == nil { state.waiter = waiter }
            return state.outcome
        }
        if let outcome { waiter.resume(with: outcome) }
        return outcome == nil
    }

    /// Ends the exchange; later calls have no effect.
    func end(_ outcome: Result<WireResponse, any Error>) {
        let (waiter, reader) = state.withLock { state in (Self.end(&state, outcome), state.reader) }
        waiter?.resume(with: outcome)
        reader?.end(outcome.map { _ in })
    }

    /// Receives status and headers; `false` to skip the body.
    package func receive(_ received: URLResponse) -> Bool {
        guard let response = WireResponse(received) else { return true }
        // On Linux an interim response (1xx) arrives here first; the last response counts.
        state.withLock { $0.response = response }
        if isStreamed {
            guard response.status >= 200 else { return true }
            // The timeout counts from here until the first bytes of the body.
            let now = SystemClock().now
            let waiter = state.withLock { state in
                state.lastArrival = now
                return state.waiter.take()
            }
            waiter?.resume(returning: response)
            return true
        }
        guard !isHead, received.expectedContentLength > Int64(maximumBodyBytes) else { return true }
        return cutOff(response)
    }

    /// Receives part of the body; stops once the limit is reached.
    package func receive(_ data: Data, at now: SessionInstant) -> Continuing {
        if isStreamed { return deliver(data, at: now) }
        let full = state.withLock { state -> WireResponse? in
            guard state.outcome == nil, let count = state.response?.body.count else { return nil }
            state.response?.body.append(data.prefix(maximumBodyBytes - count))
            return count + data.count > maximumBodyBytes ? state.response : nil
        }
        return full.map(cutOff) ?? true ? .goOn : .stop
    }

    private func deliver(_ data: Data, at now: SessionInstant) -> Continuing {
        guard let reader = state.withLock(\.reader) else { return .stop }
        let hasRoom = reader.append(ArraySlice(data), isForced: true)
        guard reader.size <= Self.maximumUnread else {
            let message = "The body arrived faster than it was read."
            end(.failure(WireFailure(.connectionLost, mayHaveArrived: true, message: message)))
            return .stop
        }
        return state.withLock { state in
            // A suspended task still delivers bytes that had arrived. Suspensions are counted, so it is suspended once.
            let wasPaused = state.isPaused
            (state.isPaused, state.lastArrival) = (Self.canWait && !hasRoom, now)
            return state.isPaused && !wasPaused ? .wait : .goOn
        }
    }

    /// - Returns: whether the task was told to wait.
    @discardableResult
    func resume() -> Bool {
        state.withLock { state in
            defer { state.isPaused = false }
            return state.isPaused
        }
    }

    /// Resumes a suspended task if the reader's buffer has room again.
    func resumesIfRead() -> Bool {
        guard let reader = state.withLock(\.reader), !reader.isFull else { return false }
        resume()
        return true
    }

    /// The deadline of a streamed body: the timeout restarts with each part, and stops while the reader does not read.
    func laterDeadline(_ timeout: Duration, at now: SessionInstant) -> SessionInstant? {
        let (isPaused, lastArrival) = state.withLock { ($0.isPaused, $0.lastArrival) }
        let deadline = isPaused ? now + timeout : lastArrival.map { $0 + timeout }
        return deadline.flatMap { $0 > now ? $0 : nil }
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

    /// Ends the exchange with the received response or the failure.
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
#endif
