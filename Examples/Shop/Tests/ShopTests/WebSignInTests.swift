import Foundation
import Hummingbird
import HummingbirdTesting
import OAuthDialects
import OAuthDialectsTesting
import Testing

@Suite struct WebSignInTests {
    @Test func `The merchant connects an account, once`() async throws {
        let site = try WebTestSite(embedded: true)
        try await site.run(live: true) { browser async throws in
            let callback = try await Self.callback(browser, site)
            // Whoever looks at an address first must not use it up.
            #expect(try await browser.send(callback, .head, [:], nil).status == .methodNotAllowed)
            let answer = try await browser.get(callback)
            #expect(answer.headers[.location] == "/merchant?tiki=connected")
            #expect(site.merchant.status.standing == .working)
            let page = try await browser.get("/merchant?tiki=connected").text
            #expect(page.contains("Tiki is connected.") && page.contains("Poster × 1"))
            #expect(try await browser.get(callback).status == .badRequest)
        }
    }

    @Test func `Another browser can't finish a sign-in, and does not spoil it`() async throws {
        let site = try WebTestSite(embedded: true)
        try await site.run(live: true) { browser async throws in
            let callback = try await Self.callback(browser, site)
            let answer = try await browser.stranger.get(callback)
            #expect(answer.status == .badRequest)
            #expect(answer.text.contains("begun in another browser"))
            #expect(site.merchant.status.standing != .working)
            #expect(try await browser.get(callback).headers[.location] == "/merchant?tiki=connected")
        }
    }

    @Test func `A sign-in that was declined says so`() async throws {
        let site = try WebTestSite(embedded: true)
        try await site.run(live: true) { browser async throws in
            let callback = try await Self.callback(browser, site, .decline)
            #expect(try await browser.get(callback).headers[.location] == "/merchant?tiki=declined")
            #expect(try await browser.get("/merchant?tiki=declined").text.contains("You declined at Tiki"))
        }
    }

    @Test(arguments: ["", "?state=x&code=y", "?error=access_denied", "?code=y"])
    func `A callback that nobody asked for connects nothing`(_ query: String) async throws {
        let site = try WebTestSite(embedded: true)
        try await site.run(live: true) { browser async throws in
            _ = try await browser.post("/connect/tiki")
            #expect(try await browser.get("/callback/tiki\(query)").status == .badRequest)
            #expect(try await browser.get("/callback/other\(query)").status == .notFound)
        }
    }

    @Test func `Disconnecting forgets the tokens`() async throws {
        let site = try WebTestSite(embedded: true)
        try await site.run(live: true) { browser async throws in
            _ = try await browser.get(try await Self.callback(browser, site))
            #expect(try await browser.post("/disconnect/tiki").headers[.location] == "/merchant?tiki=disconnected")
            #expect(site.merchant.status.standing == .signedOut)
            #expect(try await browser.get("/merchant").text.contains("Connect Tiki"))
        }
    }

    /// Begins a sign-in, and answers the provider's page.
    ///
    /// - Returns: the path and the query of the callback.
    private static func callback(
        _ browser: WebClient,
        _ site: WebTestSite,
        _ consent: SandboxConsent = .grant
    ) async throws -> String {
        let answer = try await browser.post("/connect/tiki")
        let page = try #require(answer.headers[.location].flatMap { URL(string: $0) })
        let callback = try site.tiki.signIn(at: page, consent)
        #expect(callback.path() == "/callback/tiki")
        return "/callback/tiki?\(callback.query(percentEncoded: true) ?? "")"
    }
}
