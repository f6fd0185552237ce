#if URLSession
public import Foundation

#if canImport(FoundationNetworking)
public import FoundationNetworking
#endif

extension TokenSession {
    /// The contents of an API's URL as they arrive, requested with a token; as `URLSession.bytes(for:)`.
    ///
    /// API origins, renewal, and redirects work as in ``data(for:)``. The request's `timeoutInterval` bounds the time until the
    /// response's header fields have arrived, and then the time between bytes. The connection waits while nobody reads, and ends when
    /// the sequence is released or the reading task is cancelled.
    ///
    /// - Throws: ``TokenError``, with the code ``TokenError/Code/invalidRequest`` if the session's transport is not
    ///   ``WireStreaming``; `CancellationError` if the task is cancelled. Reading the bytes throws the same errors: with the code
    ///   ``TokenError/Code/requestFailed`` if the connection ends too early.
    public func bytes(
        for request: URLRequest
    ) async throws -> (some AsyncSequence<ArraySlice<UInt8>, any Error> & Sendable, HTTPURLResponse) {
        try await transfer(request)
    }

    /// The contents of an API's URL in a file, requested with a token; as `URLSession.download(for:)`, and as ``bytes(for:)``
    /// says.
    ///
    /// - Returns: the URL of a temporary file that only this user can read, which the caller moves or deletes, and the response.
    /// - Throws: ``TokenError``, with the code ``TokenError/Code/requestFailed`` if the connection ends too early or the file can't
    ///   be written; `CancellationError` if the task is cancelled. No file is left.
    public func download(for request: URLRequest) async throws -> (URL, HTTPURLResponse) {
        let (bytes, response) = try await transfer(request)
        let file = try bytes.writing { try TemporaryFile() }
        for try await piece in bytes { try bytes.writing { try file.write(piece) } }
        return (try bytes.writing { try file.keep() }, response)
    }

    private func transfer(_ request: URLRequest) async throws -> (StreamedBytes, HTTPURLResponse) {
        guard let transport = context.transport as? any WireStreaming else {
            throw TokenError(
                .invalidRequest,
                "The transport \(type(of: context.transport)) can't deliver a body as it arrives.",
                hint: "Adopt WireStreaming, or use data(for:).",
                delivery: .notSent
            )
        }
        let (wire, isStream) = try await wire(request)
        let limits = WireLimits(request)
        return try await attempt(wire, repeats: !isStream) { hop, url in
            let streamed = try await StreamedBytes(of: hop, limits, over: transport) { error in
                self.failure(of: error, sending: hop, .unknown)
            }
            return ((streamed, try self.response(streamed.head, from: url, to: hop)), streamed.head)
        }
    }
}

/// The body that a transport delivers, whatever its type.
private struct StreamedBytes: AsyncSequence, Sendable {
    typealias Explanation = @Sendable (any Error) -> any Error

    let head: WireResponse
    private let body: any AsyncSequence<ArraySlice<UInt8>, any Error> & Sendable
    private let request: WireRequest
    private let explain: Explanation

    init(
        of request: WireRequest,
        _ limits: WireLimits,
        over transport: some WireStreaming,
        explain: @escaping Explanation
    ) async throws {
        (head, body) = try await transport.stream(request, limits)
        (self.request, self.explain) = (request, explain)
    }

    func makeAsyncIterator() -> Iterator { Iterator(base: body.makeAsyncIterator(), explain: explain) }

    struct Iterator: AsyncIteratorProtocol {
        fileprivate var base: any AsyncIteratorProtocol<ArraySlice<UInt8>, any Error>
        fileprivate let explain: Explanation

        mutating func next(isolation actor: isolated (any Actor)?) async throws(any Error) -> ArraySlice<UInt8>? {
            do { return try await base.next(isolation: actor) } catch { throw explain(error) }
        }
    }

    /// Runs a part of writing them to a file; the request has been answered by then.
    func writing<Value>(_ body: () throws -> Value) throws -> Value {
        do { return try body() } catch {
            let message = "The download could not be written to a temporary file."
            let failure = TokenError(.requestFailed, message, underlying: UnderlyingError(error))
            throw failure.delivered(.unknown, of: request)
        }
    }
}

/// A file that is deleted unless it is kept.
private final class TemporaryFile {
    private let url = FileManager.default.temporaryDirectory.appending(path: "OAuthDialects-\(UUID().uuidString)")
    private let handle: FileHandle
    private var isKept = false

    init() throws {
        let attributes: [FileAttributeKey: Any] = [.posixPermissions: 0o600]
        _ = FileManager.default.createFile(
            atPath: url.path(percentEncoded: false),
            contents: nil,
            attributes: attributes
        )
        handle = try FileHandle(forWritingTo: url)
    }

    deinit { if !isKept { try? FileManager.default.removeItem(at: url) } }

    func write(_ piece: ArraySlice<UInt8>) throws { try handle.write(contentsOf: piece) }

    func keep() throws -> URL {
        try handle.close()
        isKept = true
        return url
    }
}
#endif
