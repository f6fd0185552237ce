import Testing

extension ShopInBrowser {
    struct ConnectionTests {
        @Test func `The merchant connects both accounts, and declines first`() async throws {
            try await RunningShop.run { shop in
                try await Browser.run { browser in
                    try await browser.open(shop.url("/merchant"))
                    try await browser.see("Not connected")
                    try await browser.follow("form[action='/connect/tiki'] button")
                    try await browser.follow("#deny")
                    try await browser.see("You declined at Tiki, so nothing was connected.")
                    try await browser.connect("tiki")
                    try await browser.see(element: "main tbody tr")
                    try await browser.connect("revenue-monster")
                    #expect(try await browser.count("form[action^='/disconnect']") == 2)
                    try await browser.follow("form[action='/disconnect/tiki'] button")
                    try await browser.see("Tiki is disconnected.")
                    #expect(try await browser.count("main tbody tr") == 0)
                }
            }
        }

        @Test func `Without a connected account nothing can be paid, and the page says so`() async throws {
            try await RunningShop.run { shop in
                try await Browser.run { browser in
                    let order = try await browser.holdSeat(at: shop)
                    try await browser.follow("#pay")
                    try await browser.see("Payments aren’t open yet", in: "h1")
                    try await browser.photograph("not-connected")
                    try await browser.connectPayments(at: shop)
                    try await browser.open(shop.url(order))
                    try await browser.goToPayment()
                    try await browser.payThere()
                    try await browser.seeTicket()
                }
            }
        }

        @Test func `A callback that another browser brings connects nothing`() async throws {
            try await RunningShop.run { shop in
                let consent = try await Browser.run { browser in
                    try await browser.open(shop.url("/merchant"))
                    try await browser.follow("form[action='/connect/tiki'] button")
                    try await browser.see(element: "#allow")
                    return try await browser.url()
                }
                try await Browser.run { browser in
                    try await browser.open(shop.url("/"))
                    try await browser.open(consent)
                    try await browser.follow("#allow")
                    try await browser.see("This sign-in can’t be finished here", in: "h1")
                    #expect(try await browser.status() == 400)
                    try await browser.open(shop.url("/merchant"))
                    try await browser.see("Connect Tiki")
                }
            }
        }
    }
}
