#if os(Linux)
internal import Foundation

/// A request on its way: what has arrived of its response, and the caller that waits for it.
final class LibcurlTransfer: Sendable {
    typealias Continuation = CheckedContinuation<WireResponse, any Error>

    private struct State {
        var waiter: Continuation?
        var hasEnded = false
        var head = ResponseHead()
        var body = Data()
        var isCutOff = false
        var isHTTP = true
        var sentBytes = 0
        var isResolving = false
    }

    let request: WireRequest
    let origin: Origin
    let security: LibcurlSecurity
    let deadline: SessionInstant
    let body: Data
    private let maximumBodyBytes: Int
    private let state = Locked(State())

    init(
        _ request: WireRequest,
        to origin: Origin,
        _ limits: WireLimits,
        _ security: LibcurlSecurity,
        now: SessionInstant
    ) {
        self.request = request
        self.origin = origin
        self.security = security
        body = request.body?.data ?? Data()
        deadline = now + min(max(limits.timeout, .zero), .seconds(1_000_000_000))
        maximumBodyBytes = max(0, limits.maximumBodyBytes)
    }

    // MARK: The caller

    /// Registers the caller; `false` if its task was cancelled.
    func begin(_ waiter: Continuation) -> Bool {
        state.withLock { state in
            if Task.isCancelled { return false }
            state.waiter = waiter
            return true
        }
    }

    /// Whether nobody waits any more.
    var hasEnded: Bool { state.withLock(\.hasEnded) }

    /// Takes the caller out, who leaves.
    func abandon() -> Continuation? {
        state.withLock { state in
            state.hasEnded = true
            return state.waiter.take()
        }
    }

    func end(_ result: Result<WireResponse, WireFailure>) {
        abandon()?.resume(with: result)
    }

    // MARK: What libcurl says, on its thread

    /// Whether the host's name is being looked up: a transfer that is removed meanwhile blocks until the look-up has ended.
    var isResolving: Bool { state.withLock(\.isResolving) }

    func beginResolving() { state.withLock { $0.isResolving = true } }

    /// - Returns: whether to connect to the address that was found.
    func endResolving() -> Bool {
        state.withLock { state in
            state.isResolving = false
            return !state.hasEnded
        }
    }

    /// Receives a line of the head, or of trailers.
    ///
    /// - Returns: whether to go on.
    func receive(line: UnsafeRawBufferPointer) -> Bool {
        state.withLock { state in
            let wasComplete = state.head.isComplete
            state.isHTTP = unsafe state.head.read(line)
            guard state.isHTTP else { return false }
            guard !wasComplete, state.head.isComplete, request.method != "HEAD" else { return true }
            guard let length = state.head.headers["Content-Length"].flatMap({ Int($0) }) else { return true }
            state.isCutOff = length > maximumBodyBytes
            return !state.isCutOff
        }
    }

    /// Receives a part of the body, decoded.
    ///
    /// - Returns: whether to go on.
    func receive(_ bytes: UnsafeRawBufferPointer) -> Bool {
        state.withLock { state in
            let room = maximumBodyBytes - state.body.count
            unsafe state.body.append(contentsOf: bytes.prefix(room))
            state.isCutOff = bytes.count > room
            return !state.isCutOff
        }
    }

    /// Copies the next part of the request's body.
    func send(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        state.withLock { state in
            let count = min(buffer.count, body.count - state.sentBytes)
            let start = body.startIndex + state.sentBytes
            unsafe body.copyBytes(to: buffer, from: start..<(start + count))
            state.sentBytes += count
            return count
        }
    }

    /// The response, if its head arrived whole.
    var response: WireResponse? {
        state.withLock { state in
            guard state.head.isComplete else { return nil }
            let (head, body) = (state.head, state.body)
            return WireResponse(status: head.status, headers: head.headers, body: body, isCutOff: state.isCutOff)
        }
    }

    var isCutOff: Bool { state.withLock(\.isCutOff) }

    /// Whether what arrived so far could be HTTP.
    var isHTTP: Bool { state.withLock(\.isHTTP) }
}
#endif
