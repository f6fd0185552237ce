import Foundation

extension RevenueMonsterPayments {
    /// What became of an attempt: a signed answer, never what a browser or a callback says.
    ///
    /// A checkout is looked up by its id, a transaction by its own, and only an attempt of which neither is known by its order id,
    /// because that query is limited.
    func lookUp(_ attempt: Order.Attempt, at now: Date) async -> OrderFact {
        do throws(ProviderFailure) { return .payment(try await standing(of: attempt, at: now)) } catch {
            return .failed(error)
        }
    }

    /// What became of a refund.
    func lookUpRefund(_ transaction: String) async -> OrderFact {
        do throws(ProviderFailure) { return .payment(try await standing(ofTransaction: transaction)) } catch {
            return .failed(error)
        }
    }

    private func standing(of attempt: Order.Attempt, at now: Date) async throws(ProviderFailure) -> PaymentStanding {
        if let transaction = attempt.transaction {
            let standing = try await standing(ofTransaction: transaction)
            // A page may take another payment after one that failed.
            if standing != .missing, attempt.checkoutID == nil || standing != .over { return standing }
        }
        guard let id = attempt.checkoutID else { return try await standing(ofOrder: attempt.id) }
        let checkout: CheckoutAnswer
        do throws(ProviderFailure) { checkout = try await self.checkout(id) } catch {
            // The provider does not know the page any more; it may know the order.
            guard case .refused = error else { throw error }
            return try await standing(ofOrder: attempt.id)
        }
        guard let transaction = checkout.transaction else {
            if checkout.isOver { return .over }
            return checkout.isPaid || now >= attempt.endsAt ? try await standing(ofOrder: attempt.id) : .open
        }
        // An expired checkout may have a transaction, so its id alone says nothing.
        let standing = try await standing(ofTransaction: transaction)
        switch standing {
        case .missing, .over: return checkout.isOver ? .over : .open
        case .open, .paid, .returned: return standing
        }
    }

    private func standing(ofOrder id: String) async throws(ProviderFailure) -> PaymentStanding {
        try await queue.turn()
        do throws(ProviderFailure) {
            return try await standing(at: "payment/transaction/order/\(id)")
        } catch {
            if case .unavailable(let date?) = error { await queue.close(until: date) }
            throw error
        }
    }

    private func standing(ofTransaction id: String) async throws(ProviderFailure) -> PaymentStanding {
        try await standing(at: "payment/transaction/\(id)")
    }

    private func standing(at path: String) async throws(ProviderFailure) -> PaymentStanding {
        do throws(ProviderFailure) {
            return try await ProviderCall("GET", url(path)).answer(Answer<TransactionAnswer>.self, by: connected()).item
                .standing
        } catch {
            switch error {
            case .refused("TRANSACTION_NOT_FOUND"), .refused("ORDER_NOT_EXIST"): return .missing
            case .refused("TOO_MANY_REQUEST_PER_SECOND"), .refused("EXCEEDED_LIMIT"), .refused("INVALID_TIMESTAMP"):
                throw .unavailable(until: .distantPast)
            default: throw error
            }
        }
    }

    private func checkout(_ id: String) async throws(ProviderFailure) -> CheckoutAnswer {
        let url = url("payment/online").appending(queryItems: [URLQueryItem(name: "checkoutId", value: id)])
        return try await ProviderCall("GET", url).answer(Answer<CheckoutAnswer>.self, by: connected()).item
    }
}

/// A checkout as Revenue Monster states it; its word before a payment is undocumented.
struct CheckoutAnswer: Decodable {
    let status: String?
    let transactionId: String?

    var isPaid: Bool { status == "SUCCESS" }
    var isOver: Bool { ["FAILED", "CANCELLED", "EXPIRED"].contains(status) }
    var transaction: String? { transactionId.flatMap { $0.isEmpty ? nil : $0 } }
}

/// A transaction as Revenue Monster states it: the currency is beside the order, in it, or in both places.
struct TransactionAnswer: Decodable {
    struct Order: Decodable {
        let id: String
        let amount: Int
        let currencyType: String?
    }

    let transactionId: String
    let order: Order
    let currencyType: String?
    let status: String

    var isReturned: Bool { status == "FULL_REFUNDED" || status == "REVERSED" }

    var standing: PaymentStanding {
        switch status {
        case "SUCCESS":
            let currencies = Set([currencyType, order.currencyType].compactMap(\.self))
            return .paid(
                Payment(
                    transaction: transactionId,
                    orderID: order.id,
                    amount: order.amount,
                    currencies: currencies
                )
            )
        case "FAILED", "CANCELLED": return .over
        case _ where isReturned: return .returned
        default: return .open
        }
    }
}
