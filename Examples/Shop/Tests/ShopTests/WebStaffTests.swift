import Foundation
import Hummingbird
import HummingbirdTesting
import Testing

@Suite struct WebStaffTests {
    private static let paths = ["/merchant", "/operations", "/operations/events", "/callback/tiki"]

    @Test func `Without a password and without sandboxes there are no staff pages`() async throws {
        try await WebTestSite().run(live: true) { browser async throws in
            for path in Self.paths { #expect(try await browser.get(path).status == .notFound) }
            #expect(try await browser.post("/connect/tiki").status == .notFound)
            #expect(try await !browser.get("/").text.contains("/operations"))
        }
    }

    @Test func `With sandboxes they are open on this machine`() async throws {
        try await WebTestSite(embedded: true).run(live: true) { browser async throws in
            #expect(try await browser.get("/operations").text.contains("Revoke tokens"))
            #expect(try await browser.get("/").text.contains("/operations"))
        }
    }

    @Test func `A peer whose address is unknown does not count as this machine`() async throws {
        try await WebTestSite(embedded: true).run { browser async throws in
            #expect(try await browser.get("/operations").status == .notFound)
        }
    }

    @Test func `A public shop keeps them closed, sandboxes or not`() async throws {
        try await WebTestSite(publicURL: "https://shop.example", embedded: true).run(live: true) {
            browser async throws in
            #expect(try await browser.get("/operations").status == .notFound)
        }
    }

    @Test func `With a password they ask for it`() async throws {
        try await WebTestSite(password: "correct horse", embedded: true).run(live: true) { browser async throws in
            for path in Self.paths {
                let answer = try await browser.get(path)
                #expect(answer.status == .unauthorized)
                #expect(answer.headers[.wwwAuthenticate]?.hasPrefix("Basic ") == true)
            }
            for wrong in ["staff:wrong", "staff:", "correct horse", "staff:correct horse "] {
                #expect(try await browser.get("/merchant", Self.basic(wrong)).status == .unauthorized)
            }
            #expect(try await browser.get("/merchant", [.authorization: "Basic %%%"]).status == .unauthorized)
            #expect(
                try await browser.get("/merchant", [.authorization: "Bearer correct horse"]).status == .unauthorized
            )
            #expect(try await browser.get("/merchant", Self.basic("staff:correct horse")).status == .ok)
            #expect(try await browser.get("/merchant", Self.basic(":correct horse")).status == .ok)
        }
    }

    @Test(arguments: [
        ("revoke", "revoke"), ("end-sign-in", "end"), ("rotate", "rotate"), ("take-down", "down"), ("bring-up", "up"),
    ])
    func `Each button does one thing to its sandbox`(_ action: String, _ call: String) async throws {
        let site = try WebTestSite(embedded: true)
        try await site.run(live: true) { browser async throws in
            let answer = try await browser.post("/operations/tiki/\(action)")
            #expect(answer.headers[.location] == "/operations#tiki")
            #expect(site.controls.done == [call])
            #expect(try await browser.post("/operations/other/\(action)").status == .notFound)
            #expect(try await browser.post("/operations/tiki/other").status == .notFound)
            let foreign = try await browser.post("/operations/tiki/\(action)", "", [.origin: "http://evil.example"])
            #expect(foreign.status == .forbidden)
            #expect(site.controls.done == [call])
        }
    }

    @Test func `Without sandboxes there are no buttons`() async throws {
        try await WebTestSite(password: "p").run(live: true) { browser async throws in
            let staff = Self.basic("staff:p")
            #expect(try await !browser.get("/operations", staff).text.contains("Revoke tokens"))
            #expect(try await browser.post("/operations/tiki/revoke", "", staff).status == .notFound)
        }
    }

    private static func basic(_ pair: String) -> HTTPFields {
        [.authorization: "Basic \(Data(pair.utf8).base64EncodedString())"]
    }
}
