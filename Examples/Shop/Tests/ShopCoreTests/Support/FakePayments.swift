import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Synchronization

/// Revenue Monster's payments, as far as a shop's core asks for them: an order id opens one checkout, for good.
final class FakePayments: Sendable {
    struct Checkout: Sendable {
        let id: String
        let order: String
        let amount: Int
        let lifetime: Int
        var status = "PENDING"
        var transaction: String?
    }

    struct Transaction: Sendable {
        let id: String
        let order: String
        var amount: Int
        var currency = "MYR"
        var status = "SUCCESS"
    }

    struct State: Sendable {
        var checkouts: [Checkout] = []
        var transactions: [Transaction] = []
        var lookupsByOrder = 0
        var lookups = 0
        var refunds = 0
        /// Which calls to come are processed and answered by a gateway's 502.
        var lost: Set<String> = []
    }

    let state = Mutex(State())

    var checkouts: [Checkout] { state.withLock { $0.checkouts } }
    var transactions: [Transaction] { state.withLock { $0.transactions } }

    /// The answer to the next call is lost after it is processed.
    func lose(_ call: String) { state.withLock { _ = $0.lost.insert(call) } }

    /// The buyer pays on the page of an order's checkout.
    ///
    /// - Returns: the transaction's id.
    @discardableResult
    func pay(_ order: String, amount: Int? = nil, currency: String = "MYR") -> String {
        state.withLock { state in
            let id = "t\(state.transactions.count + 1)"
            guard let index = state.checkouts.firstIndex(where: { $0.order == order }) else { return id }
            state.checkouts[index].status = "SUCCESS"
            state.checkouts[index].transaction = id
            let paid = amount ?? state.checkouts[index].amount
            state.transactions.append(Transaction(id: id, order: order, amount: paid, currency: currency))
            return id
        }
    }

    /// The page of an order's checkout ends without a payment.
    func end(_ order: String, as status: String) {
        state.withLock { state in
            for index in state.checkouts.indices where state.checkouts[index].order == order {
                state.checkouts[index].status = status
            }
        }
    }

    func serve(on sandbox: ProviderSandbox) {
        sandbox.stub("POST", "/v3/payment/online") { [self] in open($0) }
        sandbox.stub("GET", "/v3/payment/online") { [self] request in
            state.withLock { state in
                state.lookups += 1
                let id = request.url.query()?.split(separator: "=").last.map(String.init)
                guard let checkout = state.checkouts.first(where: { $0.id == id }) else {
                    return .problem("ORDER_NOT_EXIST")
                }
                return .item(
                    #"{"id":"\#(checkout.id)","status":"\#(checkout.status)","transactionId":"\#(checkout.transaction ?? "")"}"#
                )
            }
        }
        sandbox.stub("GET", "/v3/payment/transaction/order/*") { [self] request in
            state.withLock { state in
                state.lookupsByOrder += 1
                let order = request.url.lastPathComponent
                return .transaction(state.transactions.last { $0.order == order })
            }
        }
        sandbox.stub("GET", "/v3/payment/transaction/*") { [self] request in
            state.withLock { state in
                state.lookups += 1
                let id = request.url.lastPathComponent
                return .transaction(state.transactions.first { $0.id == id })
            }
        }
        sandbox.stub("POST", "/v3/payment/refund") { [self] in refund($0) }
    }

    private func open(_ request: WireRequest) -> WireResponse {
        guard let body = request.json, let order = body["order"] as? [String: Any], let id = order["id"] as? String,
            let amount = order["amount"] as? Int, let lifetime = body["expiresInSeconds"] as? Int
        else { return .problem("VALIDATION_ERROR") }
        return state.withLock { state in
            if state.checkouts.contains(where: { $0.order == id }) { return .problem("ORDER_ID_DUPLICATE", 409) }
            let key = "c\(state.checkouts.count + 1)"
            state.checkouts.append(Checkout(id: key, order: id, amount: amount, lifetime: lifetime))
            if state.lost.remove("open") != nil { return WireResponse(status: 502) }
            return .item(#"{"checkoutId":"\#(key)","url":"https://pay.example/\#(key)"}"#)
        }
    }

    private func refund(_ request: WireRequest) -> WireResponse {
        guard let id = request.json?["transactionId"] as? String else { return .problem("VALIDATION_ERROR") }
        return state.withLock { state in
            state.refunds += 1
            guard let index = state.transactions.firstIndex(where: { $0.id == id }) else {
                return .problem("TRANSACTION_NOT_FOUND")
            }
            if state.transactions[index].status == "FULL_REFUNDED" { return .problem("PAYMENT_FULLY_REFUNDED") }
            state.transactions[index].status = "FULL_REFUNDED"
            if state.lost.remove("refund") != nil { return WireResponse(status: 502) }
            return .transaction(state.transactions[index])
        }
    }
}

extension WireResponse {
    static func json(_ text: String, _ status: Int = 200) -> Self {
        Self(status: status, headers: ["Content-Type": "application/json"], body: Data(text.utf8))
    }

    fileprivate static func item(_ text: String) -> Self { .json(#"{"item":\#(text),"code":"SUCCESS"}"#) }

    fileprivate static func problem(_ code: String, _ status: Int = 400) -> Self {
        .json(#"{"error":{"code":"\#(code)","message":"No."}}"#, status)
    }

    fileprivate static func transaction(_ transaction: FakePayments.Transaction?) -> Self {
        guard let transaction else { return .problem("TRANSACTION_NOT_FOUND", 404) }
        return .item(
            #"{"transactionId":"\#(transaction.id)","order":{"id":"\#(transaction.order)","amount":\#(transaction.amount)},"#
                + #""currencyType":"\#(transaction.currency)","status":"\#(transaction.status)"}"#
        )
    }
}

extension WireRequest {
    /// The body's object.
    var json: [String: Any]? {
        body.flatMap { try? JSONSerialization.jsonObject(with: $0.data) as? [String: Any] }
    }
}
