internal import Foundation

#if canImport(FoundationNetworking)
internal import FoundationNetworking
#endif

/// Reads a request's body stream, which may block, on a thread of its own.
enum StreamedBody {
    /// The bytes up to the stream's end.
    ///
    /// - Throws: ``TokenError`` with the code ``TokenError/Code/invalidRequest`` if the stream fails or exceeds the limit;
    ///   `CancellationError` if the task is cancelled.
    static func read(of request: URLRequest, atMost limit: Int) async throws -> Data? {
        try Task.checkCancellation()
        let isCancelled = Locked(false)
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                Thread.detachNewThread {
                    continuation.resume(
                        with: Result { try bytes(of: request, limit) { isCancelled.withLock { $0 } } }
                    )
                }
            }
        } onCancel: {
            isCancelled.withLock { $0 = true }
        }
    }

    private static func bytes(of request: URLRequest, _ limit: Int, isCancelled: () -> Bool) throws -> Data? {
        guard let stream = request.httpBodyStream else { return nil }
        stream.open()
        defer { stream.close() }
        var body = Data()
        var piece = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            guard !isCancelled() else { throw CancellationError() }
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
