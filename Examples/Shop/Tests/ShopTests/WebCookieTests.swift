import Hummingbird
import HummingbirdTesting
import Testing

@Suite struct WebCookieTests {
    @Test func `A new browser gets a cookie that scripts and other sites can't use`() async throws {
        try await WebTestSite().run { browser async throws in
            let cookie = try #require(try await browser.get("/").headers[.setCookie])
            #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/"))
            #expect(!cookie.contains("Secure"))
        }
    }

    @Test func `Over https the cookie is secure`() async throws {
        try await WebTestSite(publicURL: "https://shop.example").run { browser async throws in
            #expect(try await browser.get("/").headers[.setCookie]?.contains("Secure") == true)
        }
    }

    @Test func `A known browser keeps its cookie`() async throws {
        try await WebTestSite().run { browser async throws in
            _ = try await browser.get("/")
            #expect(try await browser.get("/").headers[.setCookie] == nil)
        }
    }

    @Test(arguments: ["", ".", "a.b", "x", "%00", String(repeating: "A", count: 5_000)])
    func `A cookie that the shop did not make is a new browser's`(_ value: String) async throws {
        try await WebTestSite().run { browser async throws in
            #expect(try await browser.get("/", [.cookie: "shop=\(value)"]).headers[.setCookie] != nil)
        }
    }

    @Test func `A tampered cookie sees nobody's orders`() async throws {
        try await WebTestSite().run { browser async throws in
            let path = try await browser.order()
            let cookie = try #require(await browser.cookie)
            #expect(try await browser.get(path).status == .ok)
            let parts = cookie.split(separator: ".")
            let swapped = "\(parts[0].dropLast(2))QQ.\(parts[1])"
            let answer = try await browser.stranger.get(path, [.cookie: "shop=\(swapped)"])
            #expect(answer.status == .notFound)
        }
    }
}
