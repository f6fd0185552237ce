import Foundation

extension Shop {
    public func pay(_ id: Order.ID, of browser: String) async throws -> Order {
        guard try await order(id, of: browser) != nil else { throw Self.unknownOrder }
        let now = clock.date
        guard let begun = try await change(id, { try machine.pay(&$0, at: now) })?.order else {
            throw Self.unknownOrder
        }
        guard begun.state == .paying else { return begun }
        let isOthers = await look(at: id)
        let order = try await outcome(of: begun, within: isOthers ? settings.patience : .zero)
        guard let attempt = order.attempts.first(where: { $0.id == begun.attempts.last?.id }) else { return order }
        switch attempt.failure {
        case .notConnected: throw ShopError(.notConnected, OrderNotice.notConnected)
        case .refused: throw ShopError(.unavailable, OrderNotice.paymentRefused)
        default: return order
        }
    }

    public func check(_ id: Order.ID) async {
        let now = clock.date
        do {
            guard try await change(id, { machine.check(&$0, at: now) }) != nil else { return }
        } catch {
            return alert("Order \(id) could not be marked for a lookup; the timer looks at it later.")
        }
        await look(at: id)
    }

    public func cancel(_ id: Order.ID, of browser: String) async throws -> Order {
        guard try await order(id, of: browser) != nil else { throw Self.unknownOrder }
        let now = clock.date
        guard let order = try await change(id, { try machine.cancel(&$0, at: now) })?.order else {
            throw Self.unknownOrder
        }
        await look(at: id)
        return try await store.order(id) ?? order
    }

    private static let unknownOrder = ShopError(.notFound, "There is no such order.")

    /// The order once its payment page is known or its attempt is over, or as it stands when the buyer has waited long enough.
    private func outcome(of begun: Order, within patience: Duration) async throws -> Order {
        let end = clock.instant(in: patience)
        var order = begun
        while let attempt = order.attempts.last, attempt.state == .requested, order.state == .paying, clock.now < end {
            guard let next = await next(order.id, after: order.version, until: end) else { break }
            order = next
        }
        return try await store.order(begun.id) ?? order
    }
}
