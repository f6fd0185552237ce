internal import Foundation

extension WireRequest {
    /// Throws unless the request can be sent as it is; a transport calls it before it connects.
    ///
    /// - Throws: ``TokenError`` with the code ``TokenError/Code/insecureEndpoint`` for a URL that is neither https nor loopback,
    ///   ``TokenError/Code/invalidRequest`` for an invalid header or method, a header that the transport sets, or a `GET` with a
    ///   body.
    public func checkForSending() throws { _ = try checkedOrigin() }

    /// The same, with the origin that it has read.
    func checkedOrigin() throws -> Origin {
        try headers.check()
        try checkFraming()
        guard !method.isEmpty, method.utf8.allSatisfy({ (0x41...0x5A).contains($0) || $0 == 0x2D }) else {
            throw TokenError(.invalidRequest, "\(ProviderText.clean(method)) is not an HTTP method in upper case.")
        }
        guard method != "GET" || body == nil else {
            throw TokenError(.invalidRequest, "A GET request can't carry a body.")
        }
        return try Origin(carryingSecretsTo: url)
    }
}

extension WireRequest {
    /// Refuses headers that determine where a request goes and ends.
    ///
    /// Linux sends them unchanged, and if the length is too short, the server reads the rest of the body as another request.
    private func checkFraming() throws {
        let length = headers["Content-Length"]
        let isTrue = length == nil || length == "\(body?.data.count ?? 0)"
        let wrong = ["Host", "Transfer-Encoding"].first { headers[$0] != nil } ?? (isTrue ? nil : "Content-Length")
        guard let wrong else { return }
        throw TokenError(
            .invalidRequest,
            "The request sets the header \(wrong), which the transport sets.",
            hint: "Remove the header; the transport derives it from the URL and the body."
        )
    }
}

extension WireRequest {
    /// Whether it may be sent twice: when a kept connection ends unanswered, libcurl sends a request again by itself.
    var isRepeatable: Bool { !isSentOnce && ["GET", "HEAD", "OPTIONS"].contains(method) && body == nil }
}
