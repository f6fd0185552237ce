import Foundation
import OAuthDialects

/// A browser without a window: it keeps the shop's cookie and follows no redirect by itself.
struct Visitor {
    /// An answer.
    struct Page {
        let status: Int
        let text: String
        let location: URL?
    }

    /// No answer, or none that can be used.
    struct Failure: Error {
        let kind: String
    }

    let shop: URL
    private let figures: Figures
    private var cookie: String?

    private let authorization: String?

    init(at shop: URL, _ figures: Figures, password: String? = nil) {
        (self.shop, self.figures) = (shop, figures)
        authorization = password.map { "Basic \(Data("staff:\($0)".utf8).base64EncodedString())" }
    }

    /// Requests a page of the shop; the time counts under a step's name.
    mutating func get(_ path: String, as step: String) async throws -> Page {
        try await send(WireRequest("GET", url(path), headers: headers), as: step)
    }

    /// Requests a page of another site.
    mutating func get(_ url: URL, as step: String) async throws -> Page {
        try await send(WireRequest("GET", url), as: step)
    }

    /// Sends a form of the shop.
    mutating func post(_ path: String, _ fields: [(String, String)] = [], as step: String) async throws -> Page {
        try await send(Self.form(url(path), fields, headers, origin: shop), as: step)
    }

    /// Sends a form of another site's page.
    mutating func post(to url: URL, _ fields: [(String, String)], as step: String) async throws -> Page {
        try await send(Self.form(url, fields, [:], origin: url), as: step)
    }

    /// The shop's path of a URL; `nil` if it leads elsewhere.
    func path(of url: URL) -> String? {
        guard url.host() == shop.host(), url.port == shop.port else { return nil }
        return url.path() + (url.query().map { "?\($0)" } ?? "")
    }

    /// The events of a page, as the fragments that they bring.
    func events(_ path: String) async throws -> EventLines {
        let limits = WireLimits(maximumBodyBytes: 64 * 1024 * 1024, timeout: .seconds(600))
        let transport: SystemTransport = .system
        let (head, body) = try await transport.stream(WireRequest("GET", url(path), headers: headers), limits)
        guard head.status == 200 else { throw Failure(kind: "HTTP \(head.status) at events") }
        return EventLines(body)
    }

    private var headers: WireHeaders {
        var headers: WireHeaders = [:]
        if let cookie { headers.append("Cookie", cookie) }
        if let authorization { headers.append("Authorization", authorization) }
        return headers
    }

    private func url(_ path: String) -> URL { URL(string: path, relativeTo: shop)?.absoluteURL ?? shop }

    private mutating func send(_ request: WireRequest, as step: String) async throws -> Page {
        let limits = WireLimits(maximumBodyBytes: 1024 * 1024, timeout: .seconds(120))
        let transport: SystemTransport = .system
        let start = ContinuousClock.now
        let answer: WireResponse
        do {
            answer = try await transport.send(request, limits)
        } catch let error as CancellationError {
            throw error
        } catch {
            throw Failure(kind: "no answer at \(step)")
        }
        figures.note(.now - start, of: step)
        if path(of: request.url) != nil, let new = answer.headers["Set-Cookie"]?.prefix(while: { $0 != ";" }) {
            cookie = String(new)
        }
        let location = answer.headers["Location"].flatMap { URL(string: $0, relativeTo: request.url)?.absoluteURL }
        return Page(status: answer.status, text: String(decoding: answer.body, as: UTF8.self), location: location)
    }

    private static func form(
        _ url: URL,
        _ fields: [(String, String)],
        _ headers: WireHeaders,
        origin: URL
    ) -> WireRequest {
        var headers = headers
        headers.append("Content-Type", "application/x-www-form-urlencoded")
        headers.append("Origin", "\(origin.scheme ?? "http")://\(origin.host() ?? ""):\(origin.port ?? 80)")
        let body = fields.map { "\(encoded($0))=\(encoded($1))" }.joined(separator: "&")
        return WireRequest("POST", url, headers: headers, body: .bytes(Data(body.utf8)))
    }

    private static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }
}
