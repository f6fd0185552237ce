public import Foundation

/// An HTTP request as it will go over the wire.
///
/// It prints as a `curl` command in which every secret is a `$PLACEHOLDER`; it is not `Codable`.
public struct WireRequest: Sendable {
    /// The method, in upper case.
    public var method: String

    /// Where it goes.
    public var url: URL

    /// The header fields, in order.
    public var headers: WireHeaders

    /// What it carries.
    public var body: WireBody?

    /// Makes a request; a form or JSON body brings its `Content-Type`.
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

    /// What it carries that is not shown, for scrubbing; short values, which any text may hold, are none.
    var secrets: [Secret] {
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
