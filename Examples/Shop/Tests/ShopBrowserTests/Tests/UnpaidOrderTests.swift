import Testing

extension ShopInBrowser {
    struct UnpaidOrderTests {
        @Test func `A payment that failed is followed by a second attempt`() async throws {
            try await RunningShop.run { shop, sandboxes in
                try await Browser.run { browser in
                    try await browser.connectPaymentsAsStaff(at: shop)
                    let order = try await browser.holdSeat(at: shop)
                    try await browser.goToPayment()
                    try await browser.follow("#fail")
                    try await browser.see("Your seats are held", in: "h1")
                    try await browser.see(element: ".notice.bad")
                    try await browser.photograph("payment-failed")
                    #expect(try await browser.url().path == order)
                    try await browser.goToPayment()
                    try await browser.payThere()
                    try await browser.seeTicket()
                    #expect(sandboxes.payments().map(\.status) == ["FAILED", "SUCCESS"])
                }
            }
        }

        @Test func `A buyer who cancels the payment can release the seats`() async throws {
            try await RunningShop.run { shop, sandboxes in
                try await Browser.run { browser in
                    try await browser.connectPaymentsAsStaff(at: shop)
                    try await browser.holdSeat(at: shop)
                    let seat = try await browser.text(".facts dd.big")
                    try await browser.goToPayment()
                    try await browser.follow("form button[value=cancel]")
                    try await browser.see("Your seats are held", in: "h1")
                    try await browser.follow("#cancel")
                    try await browser.see("Order cancelled", in: "h1")
                    #expect(sandboxes.payments().isEmpty)
                    try await browser.follow("main .actions a.button")
                    try await browser.reload(until: "input[value^='\(seat) ']:enabled")
                }
            }
        }

        @Test func `Seats that are not paid in time are free again`() async throws {
            try await RunningShop.run(holdLifetime: .seconds(8)) { shop, sandboxes in
                try await Browser.run { browser in
                    try await browser.connectPaymentsAsStaff(at: shop)
                    try await browser.holdSeat(at: shop)
                    let seat = try await browser.text(".facts dd.big")
                    try await browser.see("The time to pay is over", in: "h1")
                    #expect(try await browser.count("#pay") == 0)
                    #expect(sandboxes.payments().isEmpty)
                    try await browser.follow("main .actions a.button")
                    try await browser.reload(until: "input[value^='\(seat) ']:enabled")
                }
            }
        }

        @Test func `The money goes back if the cinema can't issue the ticket, and the page says so`() async throws {
            try await RunningShop.run { shop, sandboxes in
                sandboxes.failsBookings = true
                try await Browser.run { browser in
                    try await browser.connectPaymentsAsStaff(at: shop)
                    try await browser.holdSeat(at: shop)
                    try await browser.goToPayment()
                    try await browser.payThere()
                    try await browser.see("Refunded", in: "h1")
                    try await browser.see("The cinema could not issue the ticket")
                    try await browser.photograph("refunded")
                    #expect(sandboxes.payments().map(\.status) == ["FULL_REFUNDED"])
                    #expect(try await browser.count(".stub") == 0)
                }
            }
        }
    }
}
