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
    ///   ``WireStreaming``; `CancellationError` if the task is cancelled. Reading the bytes throws ``WireFailure``.
    public func bytes(
        for request: URLRequest
    ) async throws -> (some AsyncSequence<ArraySlice<UInt8>, any Error> & Sendable, HTTPURLResponse) {
        try await transfer(request)
    }

    /// The contents of an API's URL in a file, requested with a token; as `URLSession.download(for:)`, and as ``bytes(for:)``
    /// says.
    ///
    /// - Returns: the URL of a temporary file that only this user can read, which the caller moves or deletes, and the response.
    /// - Throws: ``TokenError``; ``WireFailure`` if the connection ends too early; `CancellationError` if the task is cancelled;
    ///   an error of `FileHandle` if the file can't be written. No file is left.
    public func download(for request: URLRequest) async throws -> (URL, HTTPURLResponse) {
        let (bytes, response) = try await transfer(request)
        let file = try TemporaryFile()
        for try await piece in bytes { try file.write(piece) }
        return (try file.keep(), response)
    }

    private func transfer(_ request: URLRequest) async throws -> (StreamedBytes, HTTPURLResponse) {
        guard let transport = context.transport as? any WireStreaming else {
            throw TokenError(
                .invalidRequest,
                "The transport \(type(of: context.transport)) can't deliver a body as it arrives.",
                hint: "Adopt WireStreaming, or use data(for:)."
            )
        }
        let (wire, isStream) = try await wire(request)
        try dialect.apiOrigins.check(wire.url)
        try wire.headers.check()
        let limits = WireLimits(request)
        return try await attempt(repeats: !isStream) { token in
            let (streamed, url) = try await following(wire) { hop in
                let authorized = try await authorized(hop, with: token)
                do {
                    let streamed = try await StreamedBytes(of: authorized, limits, over: transport)
                    return ((streamed, hop.url), streamed.head)
                } catch { throw Self.failure(of: error) }
            }
            guard let response = HTTPURLResponse(streamed.head, from: url) else {
                throw TokenError(
                    .unavailable,
                    "The answer is not a valid HTTP response (status \(streamed.head.status))."
                )
            }
            return (.success((streamed, response)), verdict(of: streamed.head))
        }
    }
}

/// The body that a transport delivers, whatever its type.
private struct StreamedBytes: AsyncSequence, Sendable {
    let head: WireResponse
    private let body: any AsyncSequence<ArraySlice<UInt8>, any Error> & Sendable

    init(of request: WireRequest, _ limits: WireLimits, over transport: some WireStreaming) async throws {
        (head, body) = try await transport.stream(request, limits)
    }

    func makeAsyncIterator() -> Iterator { Iterator(body) }

    struct Iterator: AsyncIteratorProtocol {
        private var base: any AsyncIteratorProtocol<ArraySlice<UInt8>, any Error>

        init(_ body: any AsyncSequence<ArraySlice<UInt8>, any Error>) { base = body.makeAsyncIterator() }

        mutating func next(isolation actor: isolated (any Actor)?) async throws(any Error) -> ArraySlice<UInt8>? {
            try await base.next(isolation: actor)
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
