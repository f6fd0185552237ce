#if PostgreSQL
import Foundation
import OAuthDialects

/// A browser without a window; its cookie goes to every port of this machine, as in other browsers.
struct Guest: Sendable {
    /// An answer.
    struct Page: Sendable {
        let status: Int
        let text: String
        let location: URL?

        /// The values of the inputs of a name.
        func values(_ name: String) -> [String] {
            text.matches(of: /<input[^>]*name="([a-z]+)" value="([^"]*)"([^>]*)>/)
                .filter { $0.1 == name && !$0.3.contains("disabled") }.map { String($0.2) }
        }
    }

    private var cookie: String?
    private let authorization: String?

    init(staffPassword: String? = nil) {
        authorization = staffPassword.map { "Basic \(Data("staff:\($0)".utf8).base64EncodedString())" }
    }

    mutating func get(_ url: URL) async throws -> Page {
        try await send(WireRequest("GET", url, headers: headers))
    }

    mutating func post(_ url: URL, _ fields: [(String, String)] = []) async throws -> Page {
        var headers = headers
        headers.append("Content-Type", "application/x-www-form-urlencoded")
        headers.append("Origin", "http://\(url.host() ?? ""):\(url.port ?? 80)")
        let pairs = fields.map { "\($0)=\($1.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")" }
        let body = Data(pairs.joined(separator: "&").utf8)
        return try await send(WireRequest("POST", url, headers: headers, body: .bytes(body)))
    }

    /// Follows an order's events until they say something.
    func waits(for words: String, of order: String, at shop: FleetShop) async throws {
        let request = WireRequest("GET", shop.url("\(order)/events"), headers: headers)
        let limits = WireLimits(maximumBodyBytes: 16 * 1024 * 1024, timeout: .seconds(300))
        let transport: SystemTransport = .system
        let (head, body) = try await transport.stream(request, limits)
        var said = Data()
        for try await bytes in body {
            said += bytes
            if String(decoding: said, as: UTF8.self).contains(words) { return }
        }
        let end = String(decoding: said.suffix(2000), as: UTF8.self)
        throw FleetFailure(description: "HTTP \(head.status), and events that end with: \(end)")
    }

    private var headers: WireHeaders {
        var headers = WireHeaders()
        if let cookie { headers.append("Cookie", cookie) }
        if let authorization { headers.append("Authorization", authorization) }
        return headers
    }

    private mutating func send(_ request: WireRequest) async throws -> Page {
        let transport: SystemTransport = .system
        let limits = WireLimits(maximumBodyBytes: 1024 * 1024, timeout: .seconds(60))
        let answer = try await transport.send(request, limits)
        if let new = answer.headers["Set-Cookie"] { cookie = String(new.prefix { $0 != ";" }) }
        let location = answer.headers["Location"].flatMap { URL(string: $0, relativeTo: request.url)?.absoluteURL }
        return Page(status: answer.status, text: String(decoding: answer.body, as: UTF8.self), location: location)
    }
}

extension Guest {
    /// Connects the merchant's account, as its owner does in a browser.
    mutating func connect(_ provider: String, at shop: FleetShop) async throws {
        let consent = try location(await post(shop.url("/connect/\(provider)")))
        let scopes = try await get(consent).values("scope").map { ("scope", $0) }
        let callback = try location(await post(consent, scopes + [("decision", "allow")]))
        guard try location(await get(callback)).query() == "\(provider)=connected" else {
            throw FleetFailure(description: "\(provider) was not connected.")
        }
    }

    /// Holds a seat, and returns the order's path.
    mutating func order(at shop: FleetShop) async throws -> String {
        let showtime = try await showtime(at: shop)
        let plan = try await get(shop.url(showtime))
        guard let seat = plan.values("seat").last else { throw FleetFailure(description: "No seat: \(plan.status)") }
        let hidden = ["showtime", "session"].flatMap { name in plan.values(name).map { (name, $0) } }
        let fields = hidden + [("seat", seat), ("email", "buyer@example.com")]
        return try location(await post(shop.url("/orders"), fields)).path()
    }

    /// The path of a showtime.
    mutating func showtime(at shop: FleetShop) async throws -> String {
        let catalogue = try await get(shop.url("/"))
        guard let match = catalogue.text.firstMatch(of: /href="(\/showtimes\/[^"]+)"/) else {
            throw FleetFailure(description: "No showtime: \(catalogue.status)")
        }
        return String(match.1)
    }

    /// Goes to the payment page, and pays there.
    mutating func pay(_ order: String, at shop: FleetShop) async throws {
        let page = try location(await post(shop.url("\(order)/pay")))
        _ = try location(await post(page, [("decision", "pay")]))
    }

    private func location(_ page: Page) throws -> URL {
        guard let location = page.location else {
            throw FleetFailure(description: "HTTP \(page.status) without a location: \(page.text.prefix(2000))")
        }
        return location
    }
}
#endif
