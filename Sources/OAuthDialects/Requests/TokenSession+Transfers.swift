#if canImport(Darwin)
public import Foundation

extension TokenSession {
    /// The contents of an API's URL as they arrive, requested with a token; as `URLSession.bytes(for:)`.
    ///
    /// API origins, renewal, and redirects work as in ``data(for:)``; a body stream is sent once. The transfer uses its own
    /// `URLSession`, not the session's transport, and times out after the request's `timeoutInterval` between bytes.
    ///
    /// - Throws: ``TokenError``; `CancellationError` if the task is cancelled.
    public func bytes(for request: URLRequest) async throws -> (URLSession.AsyncBytes, HTTPURLResponse) {
        try await transfer(request) { request in
            try await URLSession.transfers.bytes(for: request, delegate: RedirectRefusal.shared)
        } discard: { bytes in
            bytes.task.cancel()
        }
    }

    /// The contents of an API's URL in a file, requested with a token; as `URLSession.download(for:)`, and as ``bytes(for:)``
    /// says.
    ///
    /// - Throws: ``TokenError``; `CancellationError` if the task is cancelled.
    public func download(for request: URLRequest) async throws -> (URL, HTTPURLResponse) {
        try await transfer(request) { request in
            try await URLSession.transfers.download(for: request, delegate: RedirectRefusal.shared)
        } discard: { file in
            try? FileManager.default.removeItem(at: file)
        }
    }

    private func transfer<Content>(
        _ request: URLRequest,
        _ start: (URLRequest) async throws -> (Content, URLResponse),
        discard: (Content) -> Void
    ) async throws -> (Content, HTTPURLResponse) {
        let wire = try WireRequest(request, body: request.httpBody)
        try dialect.apiOrigins.check(wire.url)
        try wire.headers.check()
        var passed: Content?
        return try await attempt(repeats: request.httpBodyStream == nil) { token in
            let transfer: Transfer<Content> = try await following(wire) { hop in
                // Nobody reads the body of a redirect or a rejection.
                if let passed { discard(passed) }
                let authorized = try await authorized(hop, with: token)
                let transfer = try await Self.begin(authorized, like: request, start)
                passed = transfer.content
                return (transfer, transfer.head)
            }
            return (Result.success((transfer.content, transfer.response)), verdict(of: transfer.head))
        }
    }

    /// What has begun to arrive.
    private struct Transfer<Content> {
        let content: Content
        let response: HTTPURLResponse
        let head: WireResponse
    }

    private static func begin<Content>(
        _ authorized: WireRequest,
        like request: URLRequest,
        _ start: (URLRequest) async throws -> (Content, URLResponse)
    ) async throws -> Transfer<Content> {
        try authorized.checkForSending(environment: { [:] })
        var outgoing = URLRequest(wire: authorized)
        outgoing.timeoutInterval = request.timeoutInterval
        if let stream = request.httpBodyStream { outgoing.httpBodyStream = stream }
        let (content, response): (Content, URLResponse)
        do {
            (content, response) = try await start(outgoing)
        } catch let error as URLError where error.code != .cancelled {
            throw failure(of: WireFailure(error, hasSentBody: true))
        } catch {
            throw failure(of: error)
        }
        guard let answer = response as? HTTPURLResponse, let head = WireResponse(answer) else {
            throw failure(of: WireFailure(.notHTTP, mayHaveArrived: true))
        }
        return Transfer(content: content, response: answer, head: head)
    }
}

extension URLSession {
    /// Remembers nothing; each task says by its delegate that redirects are not followed.
    fileprivate static let transfers = URLSession(configuration: URLSessionConfiguration.ephemeral.forgetful)
}

/// Hands redirects back instead of following them with the token in the request.
private final class RedirectRefusal: NSObject, URLSessionTaskDelegate {
    static let shared = RedirectRefusal()

    func urlSession(
        _ session: URLSession,
        task: URLSessionTask,
        willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest,
        completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) {
        completionHandler(nil)
    }
}
#endif
