/// The body of a response in the pieces in which it arrives; it can be read once.
///
/// The connection waits while nobody reads, with at most 256 KiB in memory, and ends when the sequence is released. Over
/// ``URLSessionTransport`` on Linux it does not wait.
public struct WireBytes: AsyncSequence, Sendable {
    private let source: BodySource

    init(_ source: BodySource) { self.source = source }

    public func makeAsyncIterator() -> Iterator { Iterator(source: source) }

    /// Reads the pieces in order.
    public struct Iterator: AsyncIteratorProtocol {
        fileprivate let source: BodySource

        public mutating func next(isolation actor: isolated (any Actor)?) async throws(any Error) -> ArraySlice<UInt8>?
        {
            try await source.next()
        }
    }
}

/// The bytes between the transport that delivers them and the task that reads them.
package final class BodySource: Sendable {
    private typealias Continuation = CheckedContinuation<ArraySlice<UInt8>?, any Error>

    private struct State {
        var pieces: ArraySlice<ArraySlice<UInt8>> = []
        var size = 0
        var end: Result<Void, any Error>?
        var reader: Continuation?
        var isWaiting = false
    }

    private static let maximumSize = 256 * 1024
    private let state = Locked(State())
    private let resume: @Sendable () -> Void
    private let cancel: @Sendable () -> Void

    /// - Parameters:
    ///   - resume: called when there is room again after ``append(_:)`` found none.
    ///   - cancel: called when nobody reads the body any more.
    package init(resume: @escaping @Sendable () -> Void, cancel: @escaping @Sendable () -> Void) {
        (self.resume, self.cancel) = (resume, cancel)
    }

    deinit { cancel() }

    /// Delivers a piece.
    ///
    /// - Parameters:
    ///   - piece: the bytes.
    ///   - isForced: whether to take them although there is no room, from a transport that can't keep them.
    /// - Returns: `false` if there is no room: the transport waits, and keeps the piece unless it was forced.
    package func append(_ piece: ArraySlice<UInt8>, isForced: Bool = false) -> Bool {
        let (hasRoom, reader) = state.withLock { state -> (Bool, Continuation?) in
            if let reader = state.reader.take() { return (true, reader) }
            let hasRoom = state.size < Self.maximumSize
            state.isWaiting = !hasRoom
            if hasRoom || isForced {
                state.size += piece.count
                state.pieces.append(piece)
            }
            return (hasRoom, nil)
        }
        reader?.resume(returning: piece)
        return hasRoom
    }

    /// How many bytes have arrived and are not read.
    package var size: Int { state.withLock(\.size) }

    /// Whether ``append(_:isForced:)`` found no room and there is none yet.
    package var isFull: Bool { state.withLock(\.isWaiting) }

    /// Ends the body; what has arrived is still read.
    package func end(_ result: Result<Void, any Error>) {
        let reader = state.withLock { state -> Continuation? in
            guard state.end == nil else { return nil }
            state.end = result
            return state.reader.take()
        }
        reader?.resume(with: result.map { nil })
    }

    package func next() async throws -> ArraySlice<UInt8>? {
        let piece: ArraySlice<UInt8>? = try await withCancellableContinuation { continuation in
            state.withLock { state in
                if Task.isCancelled { return .failure(CancellationError()) }
                if let piece = state.pieces.popFirst() {
                    state.size -= piece.count
                    return .success(piece)
                }
                if let end = state.end { return end.map { nil } }
                state.reader = continuation
                return nil
            }
        } remove: {
            self.state.withLock { $0.reader.take() }
        }
        let hasRoom = state.withLock { state in
            defer { if state.size < Self.maximumSize { state.isWaiting = false } }
            return state.isWaiting && state.size < Self.maximumSize
        }
        if hasRoom { resume() }
        return piece
    }
}
