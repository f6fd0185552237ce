import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

/// Whatever an app is handed, the provider gets the requests that the dialect makes, or none.
@Suite(.timeLimit(.minutes(5)))
struct HeaderInjectionTests {
    static let texts = [
        "a\r\nX-Evil: 1", "a\nX-Evil: 1", "a\rX-Evil: 1", "a\r\n\r\nGET /evil HTTP/1.1\r\nHost: evil\r\n\r\n",
        "a\u{0}b",
        "a b", "a\u{85}X-Evil: 1", "a\u{2028}X-Evil: 1", "a%0d%0aX-Evil:%201", "\u{560D}\u{560A}X-Evil: 1",
    ]

    static let places = [
        "id", "secret", "scope", "code", "redirect", "verifier", "refresh", "token", "header", "account",
    ]

    /// Whether a header can carry it as it is; `nil` where it goes into a body or a URL, encoded.
    private static func isTaken(_ text: String, at place: String) -> Bool? {
        switch place {
        case "token", "refresh": text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        case "header": text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
        default: nil
        }
    }

    private static func dialects(_ url: URL) -> [any ProviderDialect] {
        [
            .weTix(.custom(url), authorizationEndpoint: url.appending(path: "sign-in")), .revenueMonster(.custom(url)),
            .tiki(.custom(url)), .tiki(.custom(url), authentication: .body),
        ]
    }

    @Test(arguments: places)
    func `Nothing breaks out of its place`(_ place: String) async throws {
        let token = Locked("access-1")
        let seen = Locked<[WireRequest]>([])
        let server = try await LoopbackServer { request in
            seen.withLock { $0.append(request) }
            let text = token.withLock { $0 }
            let quoted = (try? JSONEncoder().encode(text)).map { String(decoding: $0, as: UTF8.self) } ?? ""
            return .json(200, #"{"access_token":\#(quoted),"refresh_token":"refresh-1","expires_in":3600}"#)
        }
        let transport = SystemTransport.system
        for text in Self.texts {
            if place == "token" { token.withLock { $0 = text } }
            for dialect in Self.dialects(server.url) {
                let before = server.facts.requests
                let isThrough = (try? await use(text, at: place, dialect, server.url, transport)) != nil
                let which: Comment = "\(dialect.name), \(text.debugDescription)"
                #expect(server.facts.requests - before <= 2, which)
                if let isTaken = Self.isTaken(text, at: place) { #expect(isThrough == isTaken, which) }
            }
        }
        let known = [
            "host", "authorization", "content-type", "content-length", "accept", "accept-encoding",
            "accept-language", "user-agent", "connection", "x-name",
        ]
        for request in seen.withLock({ $0 }) {
            #expect(!request.url.path.contains("evil"))
            let names = request.headers.fields.map { $0.name.lowercased() }
            #expect(Set(names).isSubset(of: known), "\(names)")
            #expect(Set(names).count == names.count)
        }
        await server.stop()
    }

    /// Takes the text where an app would put it, and goes all the way with it.
    private func use(
        _ text: String,
        at place: String,
        _ dialect: any ProviderDialect,
        _ url: URL,
        _ transport: some WireTransport
    ) async throws {
        func at(_ name: String, _ other: String) -> String { place == name ? text : other }
        let session = TokenSession(
            dialect: dialect,
            credentials: ClientCredentials(id: at("id", "client"), secret: at("secret", "s3cret")),
            identity: .user(try Account(at("account", "ann")), scopes: [at("scope", "orders")]),
            transport: transport
        )
        if ["id", "scope", "redirect", "account"].contains(place) {
            // The URL for the browser holds the text as one parameter, or there is none.
            if let attempt = try? await session.beginSignIn(
                redirectURI: at("redirect", "https://app.example/cb")
            ) {
                #expect(attempt.url.absoluteString.utf8.allSatisfy { (0x21...0x7E).contains($0) })
                #expect(!attempt.url.absoluteString.contains("X-Evil:"))
            }
        }
        if place == "refresh" {
            try await session.signIn(with: .refreshToken(RefreshToken(Secret(text))))
        } else {
            try await session.signIn(
                with: .authorizationCode(
                    Secret(at("code", "code")),
                    redirectURI: at("redirect", "https://app.example/cb"),
                    codeVerifier: Secret(at("verifier", "verifier"))
                )
            )
        }
        let headers: WireHeaders = ["X-Name": at("header", "name")]
        _ = try await session.send(WireRequest("GET", url.appending(path: "orders"), headers: headers))
    }
}
