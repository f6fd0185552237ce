public import Foundation

#if canImport(FoundationNetworking)
public import FoundationNetworking
#endif

extension TokenSession {
    /// The contents of an API's URL, requested with a token; as `URLSession.data(for:)`, and as ``send(_:limits:)`` says.
    ///
    /// The request's `timeoutInterval` bounds each attempt as a whole. A body stream is read to its end (64 MiB at
    /// most) and sent once: if the API rejects the token, the caller gets the 401, and the next call uses a new token.
    ///
    /// - Throws: ``TokenError``; `CancellationError` if the task is cancelled.
    public func data(for request: URLRequest) async throws -> (Data, HTTPURLResponse) {
        guard request.httpBodyStream != nil else { return try await data(for: request, body: request.httpBody) }
        // A request that can't be sent does not read its stream.
        try dialect.apiOrigins.check(request.url ?? URL(filePath: "/"))
        let body = try await StreamedBody.read(of: request, atMost: WireLimits.api.maximumBodyBytes)
        return try await data(for: request, body: body, repeats: false)
    }

    /// Uploads bytes to an API with a token; as `URLSession.upload(for:from:)`, and as ``data(for:)`` says.
    ///
    /// The bytes take the place of the request's own body.
    ///
    /// - Throws: ``TokenError``; `CancellationError` if the task is cancelled.
    public func upload(for request: URLRequest, from bodyData: Data) async throws -> (Data, HTTPURLResponse) {
        try await data(for: request, body: bodyData)
    }

    private func data(
        for request: URLRequest,
        body: Data?,
        repeats: Bool = true
    ) async throws -> (Data, HTTPURLResponse) {
        let wire = try WireRequest(request, body: body)
        let limits = WireLimits(
            maximumBodyBytes: WireLimits.api.maximumBodyBytes,
            timeout: .seconds(request.timeoutInterval > 0 ? min(request.timeoutInterval, 86400) : 0.001)
        )
        let delivery = try await exchange(wire, limits, repeats: repeats)
        guard let response = HTTPURLResponse(delivery) else {
            throw TokenError(
                .unavailable,
                "The answer is not a valid HTTP response (status \(delivery.response.status))."
            )
        }
        return (delivery.response.body, response)
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

extension HTTPURLResponse {
    fileprivate convenience init?(_ delivery: TokenSession.Delivery) {
        let fields = Dictionary(delivery.response.headers.fields.map { ($0.name, $0.value) }) { "\($0), \($1)" }
        self.init(
            url: delivery.url,
            statusCode: delivery.response.status,
            httpVersion: "HTTP/1.1",
            headerFields: fields
        )
    }
}
