import Foundation
import OAuthDialects

extension Shop {
    public func paymentCallback(_ request: WebhookRequest) async throws {
        let now = clock.date
        let callback = try PaymentCallback.verified(
            request,
            key: settings.revenueMonsterKey,
            url: paymentCallbackURL,
            at: now
        )
        let attempt = callback.data.order.id
        guard let dash = attempt.lastIndex(of: "-"), let order = try await store.order(String(attempt[..<dash])) else {
            return alert("Revenue Monster reports a payment for an order that is unknown here.")
        }
        if !callback.isFor(order, in: settings.storeID) {
            alert("Revenue Monster reports a payment of order \(order.id) with another amount, currency, or store.")
        }
        let transaction = callback.data.transactionId
        _ = try await change(order.id) {
            machine.check(&$0, attempt: attempt, transaction: transaction, at: now)
        }
        // A redelivery is answered as the first one, and not looked up again.
        guard try await store.note(event: "revenue-monster:\(transaction)", at: now) else { return }
        await look(at: order.id)
    }

    public func bookingCallback(_ request: WebhookRequest) async throws {
        let now = clock.date
        guard let secret = try await settings.weTixCredentials.credentials().secret else {
            throw ShopError(.unavailable, "The webhook can't be verified.")
        }
        let (callback, nonce) = try BookingCallback.verified(
            request,
            secret: secret,
            window: settings.webhookWindow,
            at: now
        )
        let name = Self.booking(callback.data.key)
        guard let bytes = try await store.take(name, at: now),
            let order = try await store.order(String(decoding: bytes, as: UTF8.self))
        else { return }
        try await store.keep(bytes, as: name, until: Self.bookingEnd(of: order))
        // After what may fail: then WeTix sends it again.
        guard try await store.note(event: "wetix:\(nonce)", at: now) else { return }
        if let amount = callback.data.payableAmount, amount != order.amount.sen {
            alert("WeTix reports order \(order.id) with another amount: \(amount) sen.")
        }
        await check(order.id)
    }
}
