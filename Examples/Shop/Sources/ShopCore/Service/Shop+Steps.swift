import Foundation

extension Shop {
    /// Performs a step that the stored order names.
    func perform(_ step: OrderStep, of order: Order) async -> OrderFact {
        do throws(ProviderFailure) { return try await fact(of: step, order) } catch { return .failed(error) }
    }

    private func fact(of step: OrderStep, _ order: Order) async throws(ProviderFailure) -> OrderFact {
        switch step {
        case .requestCheckout(let id): return await payments.open(checkout(of: order, try order.attempt(id)))
        case .lookUpPayment(let id): return await payments.lookUp(try order.attempt(id), at: clock.date)
        case .requestRefund(let id): return await payments.refund(try order.transaction(of: id), order.amount)
        case .lookUpRefund(let id): return await payments.lookUpRefund(try order.transaction(of: id))
        case .confirmBooking: return .booking(try await cinema.confirm(try order.booking))
        case .lookUpBooking: return .booking(try await cinema.booking(try order.booking))
        case .releaseSeats:
            try await cinema.release(order.sessionKey)
            return .seatsReleased
        case .creditPoints: return .credited(try await rewards.credit(order))
        }
    }

    private func checkout(of order: Order, _ attempt: Order.Attempt) -> CheckoutBody {
        let seats = order.seats.joined(separator: ", ")
        return CheckoutBody(
            expiresInSeconds: machine.lifetime(of: attempt, at: clock.date),
            notifyUrl: paymentCallbackURL.absoluteString,
            order: CheckoutBody.Order(
                additionalData: order.id,
                amount: order.amount.sen,
                currencyType: Amount.currency,
                detail: OrderText.plain("\(order.showtime.cinema), \(seats)", atMost: 600),
                id: attempt.id,
                title: OrderText.plain(order.showtime.film, atMost: 32)
            ),
            redirectUrl: settings.publicURL.appending(path: "orders/\(order.id)/paid").absoluteString,
            storeId: settings.storeID
        )
    }

    /// Where Revenue Monster calls back.
    var paymentCallbackURL: URL { settings.publicURL.appending(path: "webhooks/revenue-monster") }
}

extension Order {
    fileprivate func attempt(_ id: Attempt.ID) throws(ProviderFailure) -> Attempt {
        guard let attempt = attempts.first(where: { $0.id == id }) else { throw .unreadable }
        return attempt
    }

    fileprivate func transaction(of id: Attempt.ID) throws(ProviderFailure) -> String {
        guard let transaction = try attempt(id).transaction else { throw .unreadable }
        return transaction
    }

    fileprivate var booking: String {
        get throws(ProviderFailure) {
            guard let bookingKey else { throw .refused("ORDER_NOT_FOUND") }
            return bookingKey
        }
    }
}

/// Text for Revenue Monster without the characters that its signers escape in different ways.
enum OrderText {
    static func plain(_ text: String, atMost bytes: Int) -> String {
        var plain = text.filter { !"<>&'\"\\\u{2028}\u{2029}".contains($0) && !$0.isNewline }
        while plain.utf8.count > bytes { plain.removeLast() }
        return plain.isEmpty ? "Ticket" : plain
    }
}
