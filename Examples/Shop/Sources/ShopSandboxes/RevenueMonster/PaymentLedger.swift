import Foundation
import Synchronization

/// The checkouts and transactions of the merchant, in memory.
final class PaymentLedger: Sendable {
    /// What a buyer does on the page of a checkout.
    enum Decision: String, Sendable {
        case pay
        case fail
        case cancel
    }

    private struct State {
        var checkouts: [String: Checkout] = [:]
        /// The ids of orders are used for good, whether anybody pays or not.
        var checkoutOfOrder: [String: String] = [:]
        var transactions: [String: Transaction] = [:]
        var transactionOfOrder: [String: String] = [:]
        var order: [String] = []
    }

    private let state = Mutex(State())
    private let lifetime: Duration?

    /// Creates an empty ledger.
    ///
    /// - Parameter lifetime: how long a page can be used; `nil` for what the merchant asks for.
    init(lifetime: Duration?) {
        self.lifetime = lifetime
    }

    func open(_ request: CheckoutRequest, at date: Date) throws(PaymentRefusal) -> Checkout {
        let life = lifetime?.seconds ?? TimeInterval(request.expiresInSeconds ?? 600)
        let checkout = Checkout(
            id: RandomText.digits(19),
            request: request,
            startAt: date,
            endAt: date.addingTimeInterval(life),
            updatedAt: date
        )
        let isNew = state.withLock { state in
            guard state.checkoutOfOrder[request.order.id] == nil else { return false }
            state.checkoutOfOrder[request.order.id] = checkout.id
            state.checkouts[checkout.id] = checkout
            return true
        }
        guard isNew else { throw PaymentRefusal(.duplicateOrder) }
        return checkout
    }

    func checkout(_ id: String, at date: Date) -> Checkout? {
        state.withLock { Self.checkout(id, at: date, &$0) }
    }

    /// Settles a checkout once; a later decision, or one after its end, changes nothing.
    ///
    /// - Returns: the checkout as it stands, and the transaction if this decision made a successful one.
    func decide(_ decision: Decision, _ id: String, at date: Date) -> (checkout: Checkout, paid: Transaction?)? {
        state.withLock { state in
            guard var checkout = Self.checkout(id, at: date, &state) else { return nil }
            guard checkout.status == .pending else { return (checkout, nil) }
            checkout.updatedAt = date
            checkout.status = decision == .pay ? .success : decision == .fail ? .failed : .cancelled
            var transaction: Transaction?
            // A buyer who cancels has picked no method, so there is no transaction.
            if decision != .cancel {
                let made = Transaction(
                    id: Transaction.newID(at: date),
                    referenceID: RandomText.digits(20),
                    order: checkout.request.order,
                    method: "TNG",
                    createdAt: date,
                    updatedAt: date,
                    status: decision == .pay ? .success : .failed
                )
                state.transactions[made.id] = made
                state.transactionOfOrder[made.order.id] = made.id
                state.order.append(made.id)
                checkout.transactionID = made.id
                transaction = made
            }
            state.checkouts[id] = checkout
            return (checkout, decision == .pay ? transaction : nil)
        }
    }

    func transaction(_ id: String) -> Transaction? {
        state.withLock { $0.transactions[id] }
    }

    func transaction(ofOrder id: String) -> Transaction? {
        state.withLock { state in state.transactionOfOrder[id].flatMap { state.transactions[$0] } }
    }

    func refund(_ id: String, amount: Int, at date: Date) throws(PaymentRefusal) -> Transaction {
        let result: Result<Transaction, PaymentRefusal> = state.withLock { state in
            guard var transaction = state.transactions[id] else { return .failure(.init(.transactionNotFound)) }
            guard transaction.status != .fullRefunded else { return .failure(.init(.fullyRefunded)) }
            guard transaction.status == .success else { return .failure(.init(.refundFailure)) }
            guard amount == transaction.order.amount else { return .failure(.init(.otherRefundAmount)) }
            transaction.status = .fullRefunded
            transaction.updatedAt = date
            state.transactions[id] = transaction
            return .success(transaction)
        }
        return try result.get()
    }

    /// Every transaction, oldest first.
    var payments: [SandboxPayment] {
        state.withLock { state in
            state.order.compactMap { state.transactions[$0] }.map {
                SandboxPayment(
                    orderID: $0.order.id,
                    amount: $0.order.amount,
                    status: $0.status.rawValue,
                    transactionID: $0.id
                )
            }
        }
    }

    /// A checkout, expired if its end has come; it then has the id of a transaction that nobody can look up.
    private static func checkout(_ id: String, at date: Date, _ state: inout State) -> Checkout? {
        guard var checkout = state.checkouts[id] else { return nil }
        guard checkout.status == .pending, date >= checkout.endAt else { return checkout }
        checkout.status = .expired
        checkout.transactionID = Transaction.newID(at: checkout.endAt)
        state.checkouts[id] = checkout
        return checkout
    }
}
