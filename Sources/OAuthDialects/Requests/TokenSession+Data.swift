#if URLSession
public import Foundation

#if canImport(FoundationNetworking)
public import FoundationNetworking
#endif

extension TokenSession {
    /// The contents of an API's URL, requested with a token; as `URLSession.data(for:)`, and as ``send(_:limits:)`` says.
    ///
    /// The request's `timeoutInterval` bounds each attempt as a whole. A body stream is read to its end (64 MiB at
    /// most, and for as long as the `timeoutInterval`) and sent once: if the API rejects the token, the caller gets the 401, and the
    /// next call uses a new token.
    ///
    /// - Throws: ``TokenError``; `CancellationError` if the task is cancelled.
    public func data(for request: URLRequest) async throws -> (Data, HTTPURLResponse) {
        let (wire, isStream) = try await wire(request)
        return try await data(for: wire, WireLimits(request), repeats: !isStream)
    }

    /// Uploads bytes to an API with a token; as `URLSession.upload(for:from:)`, and as ``data(for:)`` says.
    ///
    /// The bytes take the place of the request's own body.
    ///
    /// - Throws: ``TokenError``; `CancellationError` if the task is cancelled.
    public func upload(for request: URLRequest, from bodyData: Data) async throws -> (Data, HTTPURLResponse) {
        let wire = try await marking(.notSent) { try WireRequest(request, body: bodyData) }
        return try await data(for: wire, WireLimits(request))
    }

    /// Uploads a file to an API with a token; as `URLSession.upload(for:fromFile:)`, and as ``data(for:)`` says.
    ///
    /// The file is mapped into memory, not read into it; it must not change during the call.
    ///
    /// - Throws: ``TokenError``, with the code ``TokenError/Code/invalidRequest`` if the file can't be read; `CancellationError`
    ///   if the task is cancelled.
    public func upload(for request: URLRequest, fromFile fileURL: URL) async throws -> (Data, HTTPURLResponse) {
        let wire = try await marking(.notSent) {
            // Reading a pipe would block until another process writes into it.
            let path = fileURL.resolvingSymlinksInPath().path(percentEncoded: false)
            let attributes = try? FileManager.default.attributesOfItem(atPath: path)
            guard attributes?[.type] as? FileAttributeType == .typeRegular,
                let body = try? Data(contentsOf: fileURL, options: .alwaysMapped)
            else { throw TokenError(.invalidRequest, "The file to upload can't be read.") }
            return try WireRequest(request, body: body)
        }
        return try await data(for: wire, WireLimits(request))
    }

    /// The request with its body, which is read if it is a stream: a stream can't be sent twice.
    package func wire(_ request: URLRequest) async throws -> (request: WireRequest, isStream: Bool) {
        try await marking(.notSent) {
            guard request.httpBodyStream != nil else {
                return (try WireRequest(request, body: request.httpBody), false)
            }
            // A request that can't be sent does not read its stream.
            try checkBeforeToken(request.url ?? URL(filePath: "/"))
            let body = try await StreamedBody.read(of: request, WireLimits(request), clock)
            return (try WireRequest(request, body: body), true)
        }
    }

    private func data(
        for request: WireRequest,
        _ limits: WireLimits,
        repeats: Bool = true
    ) async throws -> (Data, HTTPURLResponse) {
        let delivery = try await exchange(request, limits, repeats: repeats)
        return (delivery.response.body, try response(delivery.response, from: delivery.url, to: request))
    }

    package func response(
        _ response: WireResponse,
        from url: URL,
        to request: WireRequest
    ) throws -> HTTPURLResponse {
        if let response = HTTPURLResponse(response, from: url) { return response }
        let message = "The answer is not a valid HTTP response (status \(response.status))."
        throw TokenError(.requestFailed, message).delivered(.unknown, of: request)
    }
}

extension WireRequest {
    /// A request of `URLSession`, with a body in the place of its own.
    init(_ request: URLRequest, body: Data?) throws {
        guard let url = request.url else {
            throw TokenError(.insecureEndpoint, "The request has no URL.")
        }
        var headers = WireHeaders()
        for (name, value) in (request.allHTTPHeaderFields ?? [:]).sorted(by: { $0.key < $1.key }) {
            headers.append(name, value)
        }
        self.init(request.httpMethod ?? "GET", url, headers: headers, body: body.map(WireBody.bytes))
    }
}

extension WireLimits {
    /// Those of API requests, with the request's own timeout.
    package init(_ request: URLRequest) {
        self = .api
        timeout = .seconds(request.timeoutInterval > 0 ? min(request.timeoutInterval, 86400) : 0.001)
        connectionTimeout = timeout
    }
}

extension HTTPURLResponse {
    convenience init?(_ response: WireResponse, from url: URL) {
        let fields = Dictionary(response.headers.fields.map { ($0.name, $0.value) }) { "\($0), \($1)" }
        self.init(url: url, statusCode: response.status, httpVersion: "HTTP/1.1", headerFields: fields)
    }
}
#endif
