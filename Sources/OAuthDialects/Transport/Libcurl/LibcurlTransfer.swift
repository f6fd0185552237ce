#if os(Linux) && URLSession
internal import Foundation

/// A request in progress: the received part of its response, and the waiting caller.
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
        /// The reader of a streamed body.
        weak var reader: BodySource?
        var isPaused = false
        var lastArrival: SessionInstant?
    }

    let request: WireRequest
    let url: String
    /// The header fields in the format of `CURLOPT_HTTPHEADER`.
    let headerLines: [String]
    let origin: Origin
    let isLoopback: Bool
    let security: LibcurlSecurity
    let deadline: SessionInstant
    let body: Data
    private let limits: WireLimits
    private let isStreamed: Bool
    private let state = Locked(State())

    init(_ request: WireRequest, to origin: Origin, _ limits: WireLimits, _ security: LibcurlSecurity, isStreamed: Bool)
    {
        // Prepared here, because all requests share the driver's thread.
        self.request = request
        url = request.url.absoluteString
        headerLines = Self.headerLines(of: request.headers)
        self.origin = origin
        isLoopback = origin.isLoopback
        self.security = security
        self.limits = limits
        self.isStreamed = isStreamed
        body = request.body?.data ?? Data()
        deadline = SystemClock().now + min(max(limits.timeout, .zero), .seconds(1_000_000_000))
    }

    private static func headerLines(of headers: WireHeaders) -> [String] {
        var lines = ["Expect:"]
        if headers["Content-Type"] == nil { lines.append("Content-Type:") }
        for (name, value) in headers.fields where !WireHeaders.isFraming(name) {
            // An empty value is written with a semicolon; with a colon it would remove the field.
            lines.append(value.isEmpty ? name + ";" : name + ": " + value)
        }
        return lines
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

    func attach(_ reader: BodySource) { state.withLock { $0.reader = reader } }

    /// Whether the caller was cancelled.
    var hasEnded: Bool { state.withLock(\.hasEnded) }

    /// Removes the cancelled caller.
    func abandon() -> Continuation? {
        state.withLock { state in
            state.hasEnded = true
            return state.waiter.take()
        }
    }

    func end(_ result: Result<WireResponse, WireFailure>) {
        let reader = state.withLock(\.reader)
        abandon()?.resume(with: result)
        reader?.end(result.map { _ in }.mapError { $0 })
    }

    // MARK: Callbacks, on the driver's thread

    /// Whether the host's name is being resolved: removing the transfer meanwhile blocks until that ends.
    var isResolving: Bool { state.withLock(\.isResolving) }

    func beginResolving() { state.withLock { $0.isResolving = true } }

    /// - Returns: whether to connect to the resolved address.
    func endResolving() -> Bool {
        state.withLock { state in
            state.isResolving = false
            return !state.hasEnded
        }
    }

    /// Receives a line of the header or of the trailers.
    ///
    /// - Returns: whether to go on.
    func receive(line: UnsafeRawBufferPointer) -> Bool {
        let (goesOn, isHeadComplete) = state.withLock { state in
            let wasComplete = state.head.isComplete
            state.isHTTP = unsafe state.head.read(line)
            guard state.isHTTP else { return (false, false) }
            let isComplete = !wasComplete && state.head.isComplete
            if isComplete, !isStreamed, request.method != "HEAD",
                let length = state.head.headers["Content-Length"].flatMap({ Int($0) })
            {
                state.isCutOff = length > limits.maximumBodyBytes
            }
            return (!state.isCutOff, isComplete)
        }
        if isStreamed, isHeadComplete, let response {
            // The timeout counts from here until the first bytes of the body.
            let now = SystemClock().now
            let waiter = state.withLock { state in
                state.lastArrival = now
                return state.waiter.take()
            }
            waiter?.resume(returning: response)
        }
        return goesOn
    }

    /// Receives a decoded part of the body.
    ///
    /// - Returns: how many bytes were taken, or a signal to end or to wait.
    func receive(_ bytes: UnsafeRawBufferPointer) -> Int {
        if isStreamed { return unsafe deliver(bytes) }
        return state.withLock { state in
            let room = max(0, limits.maximumBodyBytes) - state.body.count
            unsafe state.body.append(contentsOf: bytes.prefix(room))
            state.isCutOff = bytes.count > room
            return state.isCutOff ? Libcurl.Signal.abort : bytes.count
        }
    }

    private func deliver(_ bytes: UnsafeRawBufferPointer) -> Int {
        guard let reader = state.withLock(\.reader) else { return Libcurl.Signal.abort }
        let hasRoom = unsafe reader.append(ArraySlice(bytes))
        let now = SystemClock().now
        state.withLock { ($0.isPaused, $0.lastArrival) = (!hasRoom, now) }
        return hasRoom ? bytes.count : Libcurl.Signal.pause
    }

    /// The deadline of a streamed body: the timeout restarts with each part, and stops while the reader does not read.
    func laterDeadline(at now: SessionInstant) -> SessionInstant? {
        let (isPaused, lastArrival) = state.withLock { ($0.isPaused, $0.lastArrival) }
        let deadline = isPaused ? now + limits.timeout : lastArrival.map { $0 + limits.timeout }
        return deadline.flatMap { $0 > now ? $0 : nil }
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

    /// The response, if its header is complete.
    var response: WireResponse? {
        state.withLock { state in
            guard state.head.isComplete else { return nil }
            let (head, body) = (state.head, state.body)
            return WireResponse(status: head.status, headers: head.headers, body: body, isCutOff: state.isCutOff)
        }
    }

    var isCutOff: Bool { state.withLock(\.isCutOff) }

    /// Whether the received bytes can be the start of an HTTP response.
    var isHTTP: Bool { state.withLock(\.isHTTP) }
}
#endif
