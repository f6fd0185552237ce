import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@Suite struct WebRequestTests {
    @Test(arguments: ["http://evil.example", "null", "https://localhost", "http://localhost:81", ""])
    func `A form from another site changes nothing`(_ origin: String) async throws {
        let site = try WebTestSite()
        try await site.run { browser async throws in
            let path = try await browser.order()
            let answer = try await browser.post("\(path)/cancel", "", [.origin: origin])
            #expect(answer.status == .forbidden)
            #expect(answer.text.contains("Nothing was changed"))
            #expect(site.shop.allOrders.map(\.state) == [.held])
        }
    }

    @Test func `A form without an origin needs the browser's word that it is the site's own`() async throws {
        try await WebTestSite().run { browser async throws in
            let path = try await browser.order()
            let form: HTTPFields = [.contentType: "application/x-www-form-urlencoded"]
            let site = try #require(HTTPField.Name("Sec-Fetch-Site"))
            for (word, status) in [("cross-site", 403), ("same-site", 403), ("none", 403), ("same-origin", 303)] {
                var headers = form
                headers[site] = word
                #expect(try await browser.send("\(path)/cancel", .post, headers, nil).status.code == status)
            }
            #expect(try await browser.send("\(path)/cancel", .post, form, nil).status == .forbidden)
        }
    }

    @Test func `The shop answers for its own host alone`() async throws {
        try await WebTestSite(publicURL: "https://shop.example").run(live: true) { browser async throws in
            for (host, path, status) in [
                ("shop.example", "/", 200), ("SHOP.example", "/", 200), ("127.0.0.1:9", "/", 200), ("[::1]", "/", 200),
                ("evil.example", "/", 400), ("localhost.evil.example", "/", 400), ("shop.example:8", "/", 400),
                ("10.0.0.7", "/orders", 400), ("10.0.0.7", "/health", 200),
            ] { #expect(try await browser.status(of: path, at: host) == status, "\(host)\(path)") }
        }
    }

    @Test func `Another name of this machine leads to the one that has the cookie`() async throws {
        try await WebTestSite(publicURL: "http://127.0.0.1:8080").run(live: true) { browser async throws in
            for (host, place) in [
                ("localhost:8080", "http://127.0.0.1:8080/orders?a=b"), ("127.0.0.1:8080", nil), ("localhost:9", nil),
            ] { #expect(try await browser.place(of: "/orders?a=b", at: host) == place, "\(host)") }
        }
    }

    @Test(arguments: ["/orders", "/webhooks/revenue-monster", "/webhooks/wetix"])
    func `A body of more than 64 KiB is refused`(_ path: String) async throws {
        try await WebTestSite().run { browser async throws in
            let body = String(repeating: "a", count: 64 * 1024 + 1)
            let answer = try await browser.post(path, body)
            #expect(answer.status == .contentTooLarge)
            #expect(answer.text.contains("That was too much"))
        }
    }

    @Test func `A body that is no form is refused`() async throws {
        try await WebTestSite().run { browser async throws in
            #expect(try await browser.post("/orders", "{}", [.contentType: "application/json"]).status == .badRequest)
            #expect(try await browser.post("/orders", "a=%ff").status == .badRequest)
        }
    }

    @Test(arguments: ["/", "/orders", "/nothing", "/assets/shop.css", "/health", "/showtimes/none"])
    func `Every answer has the fields that protect it`(_ path: String) async throws {
        try await WebTestSite().run { browser async throws in
            let headers = try await browser.get(path).headers
            let policy = try #require(headers[.contentSecurityPolicy])
            #expect(policy.contains("default-src 'none'") && !policy.contains("unsafe"))
            #expect(headers[try #require(HTTPField.Name("X-Content-Type-Options"))] == "nosniff")
            #expect(headers[try #require(HTTPField.Name("Referrer-Policy"))] == "same-origin")
            #expect(path.hasPrefix("/assets") || headers[.cacheControl] == "no-store")
        }
    }

    @Test func `No page has a style or a script of its own`() async throws {
        try await WebTestSite().run { browser async throws in
            let order = try await browser.order()
            for path in ["/", "/orders", order, "/showtimes/show-1850-20", "/nothing"] {
                let text = try await browser.get(path).text
                #expect(!text.contains("style=") && !text.contains("<style") && !text.contains("onclick"))
                #expect(text.contains(#"<html lang="en">"#) && text.contains(" · Panggung</title>"))
            }
        }
    }

    @Test func `Assets are found by their names alone`() async throws {
        try await WebTestSite().run { browser async throws in
            #expect(try await browser.get("/assets/shop.css").headers[.contentType] == "text/css; charset=utf-8")
            #expect(try await browser.get("/assets/../Templates/layout.mustache").status == .notFound)
            #expect(try await browser.get("/assets/%2e%2e/Templates/layout.mustache").status == .notFound)
        }
    }
}
