import Foundation
import Hummingbird
import HummingbirdTesting
import ShopCore
import Testing

@Suite struct WebEscapingTests {
    private static let hostile = [
        #"<script>alert(1)</script>"#, #""><img src=x onerror=alert(1)>"#, "' autofocus onfocus='alert(1)",
        // With a combining mark, the quote is another character to Swift, and the same to a browser.
        "\"\u{301} onfocus=\"alert(1)", "<\u{301}script>", "{{{page}}}", "&lt;", "\u{202E}\u{0}\r\nSet-Cookie: a=b",
    ]

    @Test(arguments: hostile)
    func `A film's hostile name is text`(_ name: String) async throws {
        let showing = Showtime(
            id: name,
            film: name,
            details: name,
            cinema: name,
            hall: name,
            startsAt: FakeShop.now.addingTimeInterval(3600),
            price: Amount(sen: 1000)
        )
        try await WebTestSite(FakeShop([showing])).run { browser async throws in
            let catalogue = try await browser.get("/")
            Self.expectText(catalogue.text)
            let path = "/showtimes/\(name.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")"
            let seats = try await browser.get(path)
            #expect(seats.status == .ok)
            Self.expectText(seats.text)
        }
    }

    @Test(arguments: hostile)
    func `A buyer's hostile words are text`(_ words: String) async throws {
        let site = try WebTestSite()
        try await site.run { browser async throws in
            let encoded = words.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
            let form = "showtime=show-1850-20&session=session-1&seat=C7+r-C7&email="
            Self.expectText(try await browser.post("/orders", form + encoded).text)
            let path = try await browser.order()
            site.shop.set(try #require(site.shop.allOrders.first?.id)) { order in
                order.notice = words
            }
            Self.expectText(try await browser.get(path).text)
            site.shop.set(try #require(site.shop.allOrders.first?.id)) { order in
                order.state = .booked
                order.ticket = words
            }
            let ticket = try await browser.get(path).text
            #expect(!ticket.contains("<script>") && !ticket.contains("<img"))
            Self.expectText(try await browser.get("/orders").text)
        }
    }

    /// No markup but the templates' own.
    private static func expectText(_ page: String) {
        let scalars = String(String.UnicodeScalarView(page.unicodeScalars.filter { $0.value != 0x301 }))
        #expect(!scalars.contains("<script>"))
        #expect(!scalars.contains("<img"))
        #expect(!scalars.contains("\" onfocus=\""))
        #expect(!scalars.contains("' autofocus"))
    }
}
