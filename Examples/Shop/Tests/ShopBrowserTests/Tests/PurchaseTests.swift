import Foundation
import OAuthDialects
import Testing

extension ShopInBrowser {
    struct PurchaseTests {
        @Test func `A ticket is bought, and its code can be scanned`() async throws {
            try await RunningShop.run { shop, sandboxes in
                try await Browser.run { browser in
                    try await browser.connectPaymentsAsStaff(at: shop)
                    let order = try await browser.holdSeat(at: shop)
                    try await browser.goToPayment()
                    try await browser.payThere()
                    let ticket = try await browser.seeTicket()
                    #expect(try await browser.url().path == order)
                    try await browser.see("points")
                    if Barcode.isReadable {
                        #expect(try await Barcode.text(in: browser.picture()) == ticket)
                        try await browser.prefer("dark")
                        #expect(try await Barcode.text(in: browser.picture()) == ticket)
                    }
                    try await browser.reload()
                    #expect(try await browser.seeTicket() == ticket)
                    try await browser.goBack()
                    try await browser.open(shop.url("/orders"))
                    try await browser.see("Booked")
                    #expect(sandboxes.payments().map(\.status) == ["SUCCESS"])
                }
            }
        }

        @Test(arguments: [true, false])
        func `A double click on Pay pays once`(withScripts: Bool) async throws {
            try await RunningShop.run { shop, sandboxes in
                try await Browser.run { browser in
                    try await browser.connectPaymentsAsStaff(at: shop)
                    try await browser.setJavaScript(withScripts)
                    try await browser.holdSeat(at: shop)
                    try await browser.doubleClick("#pay")
                    try await browser.see("Revenue Monster sandbox")
                    try await browser.doubleClick("button[value=pay]")
                    if !withScripts { try await browser.setJavaScript(true) }
                    try await browser.see("Enjoy the film", in: "h1")
                    #expect(sandboxes.payments().count == 1)
                }
            }
        }

        @Test func `Back and reload on the way lead to the same payment page`() async throws {
            try await RunningShop.run { shop, sandboxes in
                try await Browser.run { browser in
                    try await browser.connectPaymentsAsStaff(at: shop)
                    let order = try await browser.holdSeat(at: shop)
                    try await browser.goToPayment()
                    let page = try await browser.url()
                    try await browser.goBack()
                    try await browser.open(shop.url(order))
                    try await browser.see("We are checking your payment", in: "h1")
                    try await browser.goToPayment()
                    #expect(try await browser.url() == page)
                    try await browser.reload()
                    try await browser.payThere()
                    try await browser.seeTicket()
                    try await browser.open(page)
                    try await browser.see("This order is paid.")
                    try await browser.follow("#back")
                    try await browser.seeTicket()
                    #expect(sandboxes.payments().count == 1)
                }
            }
        }

        @Test func `A buyer who closes the payment page gets the ticket all the same`() async throws {
            try await RunningShop.run { shop, sandboxes in
                sandboxes.setWebhooks(revenueMonster: false, wetix: false)
                try await Browser.run { browser in
                    try await browser.connectPaymentsAsStaff(at: shop)
                    let order = try await browser.holdSeat(at: shop)
                    try await browser.goToPayment()
                    // The page's own form, but nobody follows its redirect to the shop.
                    let form: WireBody = .form([WireField("decision", "pay")])
                    let transport: SystemTransport = .system
                    _ = try await transport.send(WireRequest("POST", browser.url(), body: form), .api)
                    #expect(sandboxes.payments().count == 1)
                    try await browser.open(shop.url(order))
                    try await browser.seeTicket()
                }
            }
        }
    }
}
