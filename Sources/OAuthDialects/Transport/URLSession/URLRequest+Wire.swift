#if URLSession
internal import Foundation

#if canImport(FoundationNetworking)
internal import FoundationNetworking
#endif

extension WireRequest {
    /// Also throws if a proxy would carry a plain http request to this machine.
    func checkForSending(environment: () -> [String: String]) throws {
        let origin = try checkedOrigin()
        guard !origin.isSecure,
            let variable = ProxyEnvironment.variable(carrying: origin.host, in: environment())
        else { return }
        throw TokenError(
            .insecureEndpoint,
            "The request to \(origin) would go through the proxy in \(variable), unencrypted; nothing was sent.",
            hint: "Unset \(variable), or add \(origin.host) to no_proxy."
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
    /// The same URL with its scheme in lower case, which `URLSession` requires on Linux.
    fileprivate var withPlainScheme: URL {
        let text = absoluteString
        let scheme = text.prefix { $0 != ":" }
        let plain = ASCII.lowercase(scheme)
        return plain == scheme ? self : URL(string: plain + text.dropFirst(scheme.count)) ?? self
    }
}
#endif
