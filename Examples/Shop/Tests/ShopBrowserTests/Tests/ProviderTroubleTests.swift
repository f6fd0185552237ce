import Testing

extension ShopInBrowser {
    /// The buttons of the operations page, while a buyer is in the middle of a purchase.
    struct ProviderTroubleTests {
        @Test func `A cinema that is down keeps a paid order waiting, and no longer`() async throws {
            try await RunningShop.run { shop in
                try await Browser.run { browser in
                    try await browser.connectPayments(at: shop)
                    let order = try await browser.holdSeat(at: shop)
                    try await browser.goToPayment()
                    let payment = try await browser.url()
                    try await browser.operate("power-wetix", at: shop)
                    try await browser.see("Bring up")
                    try await browser.open(payment)
                    try await browser.payThere()
                    try await browser.see("We are getting your ticket", in: "h1")
                    try await browser.photograph("cinema-down")
                    try await browser.open(shop.url("/"))
                    try await browser.see(element: "h1")
                    try await browser.photograph("cinema-down-catalogue")
                    try await browser.operate("power-wetix", at: shop)
                    try await browser.see("Take down")
                    try await browser.open(shop.url(order))
                    try await browser.seeTicket()
                }
            }
        }

        @Test func `A payment provider that is down can be asked again`() async throws {
            try await RunningShop.run { shop in
                try await Browser.run { browser in
                    try await browser.connectPayments(at: shop)
                    let order = try await browser.holdSeat(at: shop)
                    try await browser.operate("power-revenue-monster", at: shop)
                    try await browser.open(shop.url(order))
                    try await browser.follow("#pay")
                    try await browser.see("We are checking your payment", in: "h1")
                    try await browser.photograph("payments-down")
                    try await browser.operate("power-revenue-monster", at: shop)
                    try await browser.open(shop.url(order))
                    try await browser.goToPayment()
                    try await browser.payThere()
                    try await browser.seeTicket()
                }
            }
        }

        @Test func `Revoked tokens and new secrets are not noticed by a buyer`() async throws {
            try await RunningShop.run { shop in
                try await Browser.run { browser in
                    try await browser.connectPayments(at: shop)
                    try await browser.operate("rotate-wetix", at: shop)
                    try await browser.operate("revoke-wetix", at: shop)
                    let order = try await browser.holdSeat(at: shop)
                    for provider in ["revenue-monster", "wetix", "kopi"] {
                        try await browser.operate("rotate-\(provider)", at: shop)
                        try await browser.operate("revoke-\(provider)", at: shop)
                    }
                    try await browser.open(shop.url(order))
                    try await browser.goToPayment()
                    try await browser.payThere()
                    try await browser.seeTicket()
                    try await browser.see("points")
                }
            }
        }

        @Test func `A sign-in that has ended is reported, and the account connected again`() async throws {
            try await RunningShop.run { shop in
                try await Browser.run { browser in
                    try await browser.connectPayments(at: shop)
                    // A token that was never accepted proves nothing by being rejected.
                    try await browser.holdSeat(at: shop)
                    try await browser.goToPayment()
                    try await browser.payThere()
                    try await browser.seeTicket()
                    let order = try await browser.holdSeat(at: shop)
                    try await browser.operate("end-revenue-monster", at: shop)
                    try await browser.open(shop.url(order))
                    try await browser.follow("#pay")
                    try await browser.see("Payments aren’t open yet", in: "h1")
                    try await browser.photograph("sign-in-ended")
                    try await browser.open(shop.url("/operations"))
                    try await browser.see("Sign-in required")
                    try await browser.connectPayments(at: shop)
                    try await browser.open(shop.url(order))
                    try await browser.goToPayment()
                    try await browser.payThere()
                    try await browser.seeTicket()
                }
            }
        }
    }
}
