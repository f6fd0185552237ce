internal import Foundation

#if canImport(FoundationNetworking)
internal import FoundationNetworking
#endif

extension WireRequest {
    /// Throws ``TokenError`` unless the request can be sent as it is, to where it may go.
    func checkForSending(environment: () -> [String: String]) throws {
        try headers.check()
        try checkFraming()
        guard !method.isEmpty, method.utf8.allSatisfy({ (0x41...0x5A).contains($0) || $0 == 0x2D }) else {
            throw TokenError(.invalidRequest, "\(ProviderText.clean(method)) is no method in upper case.")
        }
        guard method != "GET" || body == nil else {
            throw TokenError(.invalidRequest, "A GET request can't carry a body.")
        }
        let origin = try Origin(carryingSecretsTo: url)
        guard !origin.isSecure,
            let variable = ProxyEnvironment.variable(carrying: origin.host, in: environment())
        else { return }
        throw TokenError(
            .insecureEndpoint,
            "\(origin) would be reached through the proxy that \(variable) names, in clear.",
            hint: "Unset \(variable), or add \(origin.host) to no_proxy."
        )
    }
}

extension WireRequest {
    /// What says where a request goes and where it ends is not the caller's: Linux sends it as it is, and a length that is too
    /// short makes the rest of the body another request.
    private func checkFraming() throws {
        let length = headers["Content-Length"]
        let isTrue = length == nil || length == "\(body?.data.count ?? 0)"
        let wrong = ["Host", "Transfer-Encoding"].first { headers[$0] != nil } ?? (isTrue ? nil : "Content-Length")
        guard let wrong else { return }
        throw TokenError(
            .invalidRequest,
            "The header \(wrong) is the transport's to set.",
            hint: "Leave it out; it follows from the URL and the body."
        )
    }
}

extension URLRequest {
    init(wire request: WireRequest) {
        self.init(url: request.url.absoluteURL.withPlainScheme, cachePolicy: .reloadIgnoringLocalCacheData)
        httpMethod = request.method
        httpBody = request.body?.data
        httpShouldHandleCookies = false
        for (name, value) in request.headers.fields { addValue(value, forHTTPHeaderField: name) }
    }
}

extension URL {
    /// The same URL with its scheme in lower case; on Linux `URLSession` does not take another.
    fileprivate var withPlainScheme: URL {
        let text = absoluteString
        let scheme = text.prefix { $0 != ":" }
        let plain = ASCII.lowercase(scheme)
        return plain == scheme ? self : URL(string: plain + text.dropFirst(scheme.count)) ?? self
    }
}
