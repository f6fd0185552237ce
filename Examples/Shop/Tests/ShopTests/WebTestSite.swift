import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import OAuthDialects
import OAuthDialectsTesting
import Shop
import ShopCore
import Testing

/// The site on a shop without providers, for one test.
struct WebTestSite {
    let shop: FakeShop
    let tiki = ProviderSandbox(.tiki)
    let merchant: TokenSession
    let controls = FakeControls()
    private let site: Site

    init(
        _ shop: FakeShop = FakeShop(),
        publicURL: String = "http://localhost",
        password: String? = nil,
        embedded: Bool = false,
        isHealthy: Bool = true
    ) throws {
        self.shop = shop
        let merchant = tiki.session(identity: .user(try Account("merchant"), scopes: ["order", "offline"]))
        self.merchant = merchant
        let address = try #require(URL(string: publicURL).flatMap(PublicURL.init))
        site = try Site(
            shop: shop,
            store: InMemoryShopStore(),
            connections: [Connection(name: "tiki", title: "Tiki", purpose: "Orders.", session: { merchant })],
            merchantOrders: { [MerchantOrder(code: "7001", date: "today", items: "Poster × 1", status: "queueing")] },
            operations: Operations(
                sessions: { [WatchedSession(provider: "tiki", account: "merchant", status: merchant.status)] },
                log: EventLog(),
                sandboxes: embedded ? controls : nil,
                titles: ["tiki": "Tiki"]
            ),
            health: {
                HealthReport(isHealthy: isHealthy, store: "reachable", sessions: ["tiki/merchant": merchant.status])
            },
            publicURL: address,
            cookies: BrowserCookie(
                key: SymmetricKey(data: Data(repeating: 7, count: 32)),
                isSecure: publicURL.hasPrefix("https")
            ),
            staff: StaffAccess(password: password, embedded: embedded, publicURL: address),
            now: { FakeShop.now }
        )
    }

    /// Runs a test with a client: over sockets if it is live, where the server knows the client's address.
    func run(live: Bool = false, _ test: @Sendable (WebClient) async throws -> Void) async throws {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let app = Application(router: site.router(), logger: logger)
        try await app.test(live ? .live : .router) { try await test(WebClient($0)) }
    }
}

/// A browser that keeps its cookie.
actor WebClient {
    private let client: any TestClientProtocol
    private(set) var cookie: String?

    init(_ client: any TestClientProtocol) { self.client = client }

    /// The client of another browser at the same site.
    var stranger: WebClient { WebClient(client) }

    func get(_ path: String, _ headers: HTTPFields = [:]) async throws -> TestResponse {
        try await send(path, .get, headers, nil)
    }

    /// Sends a form from one of the site's own pages, unless the headers say otherwise.
    func post(_ path: String, _ form: String = "", _ headers: HTTPFields = [:]) async throws -> TestResponse {
        var all: HTTPFields = [.contentType: "application/x-www-form-urlencoded"]
        all[.origin] = "http://localhost"
        for field in headers { all[field.name] = field.value }
        return try await send(path, .post, all, ByteBuffer(string: form))
    }

    func send(
        _ path: String,
        _ method: HTTPRequest.Method,
        _ headers: HTTPFields,
        _ body: ByteBuffer?
    ) async throws -> TestResponse {
        var headers = headers
        if headers[.cookie] == nil, let cookie { headers[.cookie] = "shop=\(cookie)" }
        let response = try await client.execute(uri: path, method: method, headers: headers, body: body)
        if let set = response.headers[.setCookie], set.hasPrefix("shop=") {
            cookie = String(set.dropFirst(5).prefix { $0 != ";" })
        }
        return response
    }

    /// The status of a request that names another host.
    func status(of path: String, at host: String) async throws -> Int { try await visit(path, at: host).status.code }

    /// Where a visit of another host is sent to.
    func place(of path: String, at host: String) async throws -> String? {
        try await visit(path, at: host).headers[.location]
    }

    private func visit(_ path: String, at host: String) async throws -> TestClient.Response {
        let port = try #require(client.port)
        let mode = try #require(HTTPField.Name("Sec-Fetch-Mode"))
        return try await TestClient.withClient(host: "localhost", port: port) { client in
            try await client.execute(
                TestClient.Request(path, method: .get, authority: host, headers: [mode: "navigate"])
            )
        }
    }

    /// Orders two seats.
    ///
    /// - Returns: the path of the order's page.
    func order(_ seats: String = "seat=C7+r-C7&seat=C8+r-C8") async throws -> String {
        _ = try await get("/showtimes/show-1850-20")
        let form = "showtime=show-1850-20&session=session-1&email=ann%40example.com&\(seats)"
        let response = try await post("/orders", form)
        return response.headers[.location] ?? "none: \(response.status)"
    }
}

extension TestResponse {
    var text: String { String(buffer: body) }
}
