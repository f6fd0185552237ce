import Foundation
import OAuthDialects
import RevenueMonsterSigning
import ShopSandboxes
import Testing

@Suite(.timeLimit(.minutes(5)))
struct CheckoutTests {
    @Test func `An order is paid once, however often the button is pressed`() async throws {
        try await Rig.run { rig in
            let session = try rig.merchant()
            let (id, page) = try await rig.open("order-1", session)
            #expect(id.count == 19)
            var status = try await session.ask("GET", rig.payment("online?checkoutId=\(id)"))
            #expect(status["code"] == "SUCCESS" && status["item.status"] == "PENDING")
            #expect(status["item.order.currencyType"] == "MYR" && status["item.order.amount"] == "3600")
            let before = try await session.ask("GET", rig.payment("transaction/order/order-1"))
            #expect(before.code == "TRANSACTION_NOT_FOUND")

            let back = try await rig.press("pay", page)
            #expect(back == "http://127.0.0.1:9/orders/1/paid?status=SUCCESS&orderId=order%2D1")
            for button in ["pay", "fail", "cancel"] { #expect(try await rig.press(button, page) == back) }

            status = try await session.ask("GET", rig.payment("online?checkoutId=\(id)"))
            #expect(status["item.status"] == "SUCCESS")
            let transaction = try #require(status["item.transactionId"])
            for path in ["transaction/order/order-1", "transaction/\(transaction)"] {
                let reading = try await session.ask("GET", rig.payment(path))
                #expect(reading["item.status"] == "SUCCESS" && reading["item.order.amount"] == "3600")
                #expect(reading["item.currencyType"] == "MYR" && reading["item.transactionId"] == transaction)
            }
            let paid = SandboxPayment(orderID: "order-1", amount: 3600, status: "SUCCESS", transactionID: transaction)
            #expect(rig.sandboxes.payments() == [paid])
        }
    }

    @Test(arguments: [("fail", "FAILED"), ("cancel", "CANCELLED")])
    func `A payment that is not made ends the checkout`(button: String, status: String) async throws {
        try await Rig.run { rig in
            let session = try rig.merchant()
            let (id, page) = try await rig.open("order-2", session)
            #expect(try await rig.press(button, page)?.contains("status=\(status)") == true)
            #expect(try await rig.press("pay", page)?.contains("status=\(status)") == true)
            #expect(try await session.ask("GET", rig.payment("online?checkoutId=\(id)"))["item.status"] == status)
            #expect(rig.sandboxes.payments().map(\.status) == (button == "fail" ? ["FAILED"] : []))
        }
    }

    @Test func `A page can't be used after its end`() async throws {
        try await Rig.run { rig in
            let session = try rig.merchant()
            let (id, page) = try await rig.open("order-3", session, more: #","expiresInSeconds":300"#)
            rig.clock.advance(by: .seconds(300))
            #expect(try await rig.press("pay", page)?.contains("status=EXPIRED") == true)
            let html = try await rig.visit(page)
            #expect(String(decoding: html.body, as: UTF8.self).contains("The time for this payment is over."))
            let status = try await session.ask("GET", rig.payment("online?checkoutId=\(id)"))
            #expect(status["item.status"] == "EXPIRED")
            #expect(rig.sandboxes.payments().isEmpty)
        }
    }

    @Test func `The id of an order is used for good`() async throws {
        try await Rig.run { rig in
            let session = try rig.merchant()
            let (_, page) = try await rig.open("order-4", session)
            let body = rig.checkout("order-4")
            #expect(try await session.ask("POST", rig.payment("online"), body).code == "ORDER_ID_DUPLICATE")
            try await rig.press("cancel", page)
            #expect(try await session.ask("POST", rig.payment("online"), body).code == "ORDER_ID_DUPLICATE")
        }
    }

    @Test func `What a checkout asks for has to be within the limits`() async throws {
        try await Rig.run { rig in
            let session = try rig.merchant()
            let long = String(repeating: "x", count: 33)
            let bodies = [
                (rig.checkout(String(long.prefix(25))), "VALIDATION_ERROR"), (rig.checkout(""), "VALIDATION_ERROR"),
                (rig.checkout("a", title: long), "VALIDATION_ERROR"), ("[]", "VALIDATION_ERROR"),
                (rig.checkout("a", amount: "\"3600\""), "VALIDATION_ERROR"),
                (rig.checkout("a", amount: "-10"), "VALIDATION_ERROR"),
                (rig.checkout("a", more: #","expiresInSeconds":0"#), "VALIDATION_ERROR"),
                (rig.checkout("a", amount: "9"), "PAYMENT_AMT_INVALID"),
                (rig.checkout("a", amount: "36.5"), "PAYMENT_DECIMAL_INVALID"),
                (rig.checkout("a", currency: "USD"), "PAYMENT_CURRENCY_INVALID"),
                (rig.checkout("a", store: "1"), "STORE_NOT_FOUND"),
            ]
            for (body, code) in bodies {
                #expect(try await session.ask("POST", rig.payment("online"), body).code == code, "\(body)")
            }
            let reading = try await session.ask("POST", rig.payment("online"), rig.checkout("a", title: long))
            #expect(reading["error.description.order\u{2E}title"] == nil)
            #expect(reading.text.contains(#""order.title":"has more than 32 characters""#))
            let exact = rig.checkout(String(long.prefix(24)), amount: "10", title: String(long.prefix(32)))
            #expect(try await session.ask("POST", rig.payment("online"), exact)["code"] == "SUCCESS")
        }
    }

    @Test func `The page is accessible, escapes what it shows, and has nothing from elsewhere`() async throws {
        try await Rig.run { rig in
            let session = try rig.merchant()
            let body = rig.checkout("order-5", title: "<b>Two</b> & more")
            let reading = try await session.ask("POST", rig.payment("online"), body)
            let page = try #require(reading["item.url"].flatMap { URL(string: $0) })
            let response = try await rig.visit(page)
            let html = String(decoding: response.body, as: UTF8.self)
            for part in [
                "<html lang=\"en\">", "id=\"pay\"", "id=\"fail\"", "id=\"cancel\"", "<h1>Pay RM 36.00</h1>",
                "&lt;b&gt;Two&lt;/b&gt; &amp; more", "color-scheme: light dark",
            ] {
                #expect(html.contains(part), "\(part)")
            }
            #expect(!html.contains("src=") && !html.contains("<script"))
            #expect(response.headers["Content-Security-Policy"]?.hasPrefix("default-src 'none'") == true)
            let unknown = try #require(URL(string: page.absoluteString.prefix { $0 != "?" } + "?checkoutId=1"))
            #expect(try await rig.visit(unknown).status == 404)
            #expect(try await rig.visit(page, "POST", body: "decision=other").status == 400)
            rig.sandboxes.setDown(true, "revenue-monster")
            #expect(try await rig.visit(page).status == 503)
            #expect(try await rig.press("pay", page) == nil)
            #expect(rig.sandboxes.payments().isEmpty)
        }
    }
}
