import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import ShopCore
import Testing

@Suite struct WebOrderTests {
    private static let form = "showtime=show-1850-20&session=session-1&email=ann%40example.com&"

    @Test func `The catalogue shows every film with its times and prices`() async throws {
        try await WebTestSite().run { browser async throws in
            let text = try await browser.get("/").text
            for showing in FakeShop.programme { #expect(text.contains("/showtimes/\(showing.id)")) }
            #expect(text.contains("Kopi O Kosong") && text.contains("RM 18.50"))
        }
    }

    @Test func `Another browser's order is not found, in any way`() async throws {
        let site = try WebTestSite()
        try await site.run { browser async throws in
            let path = try await browser.order()
            let stranger = await browser.stranger
            _ = try await stranger.get("/")
            #expect(try await stranger.get(path).status == .notFound)
            #expect(try await stranger.get("\(path)/events").status == .notFound)
            #expect(try await stranger.post("\(path)/pay").status == .notFound)
            #expect(try await stranger.post("\(path)/cancel").status == .notFound)
            #expect(try await !stranger.get("/orders").text.contains(path))
            #expect(site.shop.allOrders.map(\.state) == [.held])
        }
    }

    @Test func `A form that is sent twice makes one order`() async throws {
        let site = try WebTestSite()
        try await site.run { browser async throws in
            _ = try await browser.get("/")
            async let first = browser.post("/orders", Self.form + "seat=C7+r-C7")
            async let second = browser.post("/orders", Self.form + "seat=C7+r-C7")
            let places = try await [first, second].map { $0.headers[.location] }
            #expect(places[0] == places[1] && places[0] != nil)
            #expect(site.shop.allOrders.count == 1)
        }
    }

    @Test func `Seats that are gone show the map again, with the free ones still chosen`() async throws {
        try await WebTestSite().run { browser async throws in
            let answer = try await browser.post("/orders", Self.form + "seat=D5+r-D5&seat=E1+r-E1")
            #expect(answer.status == .conflict)
            #expect(answer.text.contains("Somebody else was faster"))
            #expect(answer.text.contains(#"value="E1 r-E1" aria-label="Seat E1" checked"#))
            #expect(answer.text.contains(#"value="ann@example.com""#))
        }
    }

    @Test(arguments: [
        ("seat=", "at least one"), ("", "at least one"),
        ((1...9).map { "seat=A\($0)+r-A\($0)" }.joined(separator: "&"), "at most 8"),
        ("seat=A1+r-A1&seat=A1+r-A1", "at most 8"),
    ])
    func `A choice that can't be sold says why`(_ seats: String, _ words: String) async throws {
        try await WebTestSite().run { browser async throws in
            let answer = try await browser.post("/orders", Self.form + seats)
            #expect(answer.status == .badRequest)
            #expect(answer.text.contains(words))
        }
    }

    @Test func `Pay leads to the payment page, and again to the same one`() async throws {
        let site = try WebTestSite()
        try await site.run { browser async throws in
            let path = try await browser.order()
            for _ in 1...2 {
                let answer = try await browser.post("\(path)/pay")
                #expect(answer.status == .seeOther)
                #expect(answer.headers[.location] == "https://pay.example/checkout")
            }
            #expect(site.shop.allOrders.first?.attempts.count == 1)
        }
    }

    @Test(arguments: ["javascript:alert(1)", "http://pay.example/", "data:text/html,x", "ftp://pay.example/"])
    func `A payment page that is not safe is not opened`(_ page: String) async throws {
        let site = try WebTestSite()
        try await site.run { browser async throws in
            let path = try await browser.order()
            _ = try await browser.post("\(path)/pay")
            let id = try #require(site.shop.allOrders.first?.id)
            site.shop.set(id) { $0.attempts[0].checkoutURL = URL(string: page) }
            #expect(try await browser.post("\(path)/pay").headers[.location] == path)
        }
    }

    @Test func `The redirect from the payment page only asks for a look`() async throws {
        let site = try WebTestSite()
        try await site.run { browser async throws in
            let path = try await browser.order()
            let answer = try await browser.get("\(path)/paid?status=SUCCESS&orderId=x")
            #expect(answer.headers[.location] == path)
            #expect(site.shop.checked.count == 1)
            #expect(site.shop.allOrders.map(\.state) == [.held])
        }
    }

    @Test(arguments: [
        (Order.State.held, "Your seats are held"), (.paying, "You may close this page; your order goes on"),
        (.paid, "We are getting your ticket"), (.refunding, "Your money is on its way back"), (.refunded, "Refunded"),
        (.expired, "nothing was charged"), (.cancelled, "Order cancelled"), (.booked, "Enjoy the film"),
    ])
    func `Each state has its words`(_ state: Order.State, _ words: String) async throws {
        let site = try WebTestSite()
        try await site.run { browser async throws in
            let path = try await browser.order()
            site.shop.set(try #require(site.shop.allOrders.first?.id)) { $0.state = state }
            let text = try await browser.get(path).text
            #expect(text.contains(words))
            #expect(text.contains("http-equiv") == (!state.isFinal || state == .booked))
        }
    }

    @Test func `A ticket is shown as a code`() async throws {
        let site = try WebTestSite()
        try await site.run { browser async throws in
            let path = try await browser.order()
            site.shop.set(try #require(site.shop.allOrders.first?.id)) { order in
                order.state = .booked
                order.ticket = "10011"
            }
            let text = try await browser.get(path).text
            #expect(text.contains("<title>QR code: 10011</title>"))
        }
    }
}
