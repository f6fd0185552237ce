public import Foundation

/// An HTTP request as it is sent.
///
/// It prints as a `curl` command in which every secret is a `$PLACEHOLDER`; it is not `Codable`.
public struct WireRequest: Sendable {
    /// The method, in uppercase.
    public var method: String

    /// The URL.
    public var url: URL

    /// The header fields, in order.
    public var headers: WireHeaders

    /// The body.
    public var body: WireBody?

    /// Whether it must not reach a server twice, although it is a `GET`: a token request.
    package var isSentOnce = false

    /// Creates a request; a form or JSON body sets the `Content-Type`.
    public init(_ method: String, _ url: URL, headers: WireHeaders = [:], body: WireBody? = nil) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        if let contentType = body?.contentType, headers["Content-Type"] == nil {
            self.headers["Content-Type"] = contentType
        }
    }

    /// Where it goes without its query, with its method: safe to show.
    package var summary: String {
        let fields = body.map { " \($0)" } ?? ""
        return "\(ProviderText.escape(method)) \(ShownURL.text(of: url))\(fields)"
    }

    /// The secrets in the request, for scrubbing; shorter values are not counted, because any text may contain them.
    package var secrets: [Secret] {
        let fields = body?.fields.filter(\.isSecret).map(\.value) ?? []
        let headers = headers.fields.filter { WireHeaders.shown($0.name, $0.value).hasSuffix("<redacted>") }.map(
            \.value
        )
        let credentials = headers.compactMap { $0.split(separator: " ").last.map(String.init) }
        let query = URLComponents(url: url, resolvingAgainstBaseURL: true)?.queryItems?.compactMap(\.value) ?? []
        return fields + (headers + credentials + query).filter { $0.utf8.count >= 8 }.map { Secret($0) }
    }
}

extension WireRequest: Redacted {
    package var redacted: String { CurlCommand(self).text }
}

/// What may be shown of a URL: all but user info, query and fragment.
enum ShownURL {
    static func text(of url: URL) -> String {
        let text = url.absoluteString
        let shown = text.prefix { $0 != "?" && $0 != "#" }
        let start = shown.range(of: "://")?.upperBound ?? shown.startIndex
        let authority = shown[start...].prefix { $0 != "/" }
        guard let at = authority.lastIndex(of: "@") else { return ProviderText.escape(shown) }
        return ProviderText.escape(shown[..<start] + shown[shown.index(after: at)...])
    }
}
