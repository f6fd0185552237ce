#if URLSession
internal import Foundation

#if canImport(FoundationNetworking)
internal import FoundationNetworking
#endif

/// Reads a request's body stream, which may block, on a thread of its own.
///
/// A caller who leaves abandons the thread, which ends when its read returns.
enum StreamedBody {
    /// The bytes up to the stream's end.
    ///
    /// - Throws: ``TokenError`` with the code ``TokenError/Code/invalidRequest`` if the stream fails, exceeds the limit, or does not
    ///   end within the timeout; `CancellationError` at once if the task is cancelled.
    static func read(
        of request: URLRequest,
        _ limits: WireLimits,
        _ clock: any SessionClock
    ) async throws -> Data? {
        try Task.checkCancellation()
        let race = Race<Data?>()
        let isAbandoned = Locked(false)
        let abandon: @Sendable (any Error) -> Void = { error in
            isAbandoned.withLock { $0 = true }
            race.end(.failure(error))
        }
        let isStarted = BlockingThreads.shared.start {
            race.end(Result { try bytes(of: request, limits.maximumBodyBytes) { isAbandoned.withLock { $0 } } })
        }
        guard isStarted else { throw tooMany }
        let timer = Task.detached {
            guard (try? await clock.sleep(until: clock.now + limits.timeout)) != nil else { return }
            abandon(TokenError(.invalidRequest, "The request's body stream did not end in time; nothing was sent."))
        }
        defer { timer.cancel() }
        return try await withTaskCancellationHandler {
            try await race.value
        } onCancel: {
            abandon(CancellationError())
        }
    }

    private static let tooMany = TokenError(
        .requestFailed,
        "Too many body streams are being read; nothing was sent.",
        hint: "Find the streams that stall.",
        isTransient: true
    )

    private static func bytes(of request: URLRequest, _ limit: Int, isAbandoned: () -> Bool) throws -> Data? {
        guard let stream = request.httpBodyStream else { return nil }
        stream.open()
        defer { stream.close() }
        var body = Data()
        var piece = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            guard !isAbandoned() else { throw CancellationError() }
            let count = unsafe piece.withUnsafeMutableBufferPointer { buffer in
                unsafe buffer.baseAddress.map { unsafe stream.read($0, maxLength: buffer.count) } ?? -1
            }
            guard count >= 0 else { throw TokenError(.invalidRequest, "Reading the request's body stream failed.") }
            guard count > 0 else { return body }
            body.append(contentsOf: piece[..<count])
            guard body.count <= limit else {
                throw TokenError(.invalidRequest, "The request's body stream is longer than \(limit) bytes.")
            }
        }
    }
}
#endif
