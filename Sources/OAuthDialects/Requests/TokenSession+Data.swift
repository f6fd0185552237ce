public import Foundation

#if canImport(FoundationNetworking)
public import FoundationNetworking
#endif

extension TokenSession {
    /// The contents of an API's URL, requested with a token; as `URLSession.data(for:)`, and as ``send(_:limits:)`` says.
    ///
    /// The request's `timeoutInterval` bounds each attempt as a whole. Its body has to be `httpBody`: a stream could not be
    /// sent again.
    ///
    /// - Throws: ``TokenError``; `CancellationError` if the task is cancelled.
    public func data(for request: URLRequest) async throws -> (Data, HTTPURLResponse) {
        let wire = try WireRequest(request)
        let limits = WireLimits(
            maximumBodyBytes: WireLimits.api.maximumBodyBytes,
            timeout: .seconds(request.timeoutInterval > 0 ? min(request.timeoutInterval, 86400) : 0.001)
        )
        let delivery = try await exchange(wire, limits)
        guard let response = HTTPURLResponse(delivery) else {
            throw TokenError(.unavailable, "The answer is no HTTP answer (status \(delivery.response.status)).")
        }
        return (delivery.response.body, response)
    }
}

extension WireRequest {
    fileprivate init(_ request: URLRequest) throws {
        guard let url = request.url else {
            throw TokenError(.insecureEndpoint, "The request has no URL.")
        }
        guard request.httpBodyStream == nil else {
            throw TokenError(.invalidRequest, "The request's body is a stream.", hint: "Give it an httpBody.")
        }
        var headers = WireHeaders()
        for (name, value) in (request.allHTTPHeaderFields ?? [:]).sorted(by: { $0.key < $1.key }) {
            headers.append(name, value)
        }
        self.init(request.httpMethod ?? "GET", url, headers: headers, body: request.httpBody.map(WireBody.bytes))
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
