internal import OAuthDialects

/// The ids by which a provider and its client speak of one request.
enum RequestIDs {
    static let headers = [
        "X-Request-Id", "Request-Id", "X-Correlation-Id", "Correlation-Id", "X-Amzn-RequestId", "X-Trace-Id", "CF-Ray",
    ]

    /// The secrets of a request, without its ids: an API repeats them in its answers.
    static func secrets(of request: WireRequest) -> [Secret] {
        var request = request
        for name in headers + ["Idempotency-Key"] { request.headers[name] = nil }
        return request.secrets
    }
}
