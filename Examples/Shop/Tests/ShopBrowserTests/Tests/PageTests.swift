import Testing

extension ShopInBrowser {
    /// Each page in both color schemes, two widths, and by keyboard.
    struct PageTests {
        @Test func `The pages of a buyer are for everybody`() async throws {
            try await RunningShop.run { shop, sandboxes in
                try await Browser.run { browser in
                    try await browser.open(shop.url("/"))
                    try await audit(browser, "catalogue")
                    try await browser.open(shop.url("/orders"))
                    try await audit(browser, "orders-none")
                    try await browser.open(shop.url("/nowhere"))
                    try await audit(browser, "not-found")
                    try await browser.connectPaymentsAsStaff(at: shop)
                    try await browser.chooseShowtime(at: shop)
                    try await browser.click("label.seat:has(input:enabled)")
                    try await audit(browser, "seats", isLive: true)
                    try await browser.holdSeat(at: shop)
                    try await audit(browser, "order-held", isLive: true)
                    try await browser.follow("#cancel")
                    try await browser.see("Order cancelled", in: "h1")
                    try await audit(browser, "order-cancelled", isLive: true)
                    let order = try await browser.holdSeat(at: shop)
                    try await browser.goToPayment()
                    try await browser.photograph("payment-page")
                    let page = try await browser.url()
                    try await browser.open(shop.url(order))
                    try await browser.see("We are checking your payment", in: "h1")
                    try await audit(browser, "order-checking", isLive: true)
                    try await browser.open(page)
                    try await browser.payThere()
                    try await browser.seeTicket()
                    try await browser.see("points")
                    try await audit(browser, "order-booked", isLive: true)
                    try await browser.open(shop.url("/orders"))
                    try await audit(browser, "orders")
                    sandboxes.failsBookings = true
                    try await browser.holdSeat(at: shop)
                    try await browser.goToPayment()
                    try await browser.payThere()
                    try await browser.see("Refunded", in: "h1")
                    try await audit(browser, "order-refunded", isLive: true)
                }
            }
        }

        @Test func `The pages of the staff are for everybody`() async throws {
            try await RunningShop.run { shop in
                try await Browser.run { browser in
                    try await browser.open(shop.url("/merchant"))
                    try await audit(browser, "merchant-not-connected")
                    try await browser.connect("tiki")
                    try await browser.connect("revenue-monster")
                    try await audit(browser, "merchant-connected")
                    try await browser.holdSeat(at: shop)
                    try await browser.open(shop.url("/operations"))
                    try await audit(browser, "operations", isLive: true)
                    try await browser.operate("power-kopi", at: shop)
                    try await browser.see("Bring up")
                    try await audit(browser, "operations-down", isLive: true)
                }
            }
        }
    }
}
