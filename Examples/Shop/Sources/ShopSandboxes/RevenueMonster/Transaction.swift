import Foundation

/// A payment at Revenue Monster: what a buyer did on a checkout's page.
struct Transaction: Sendable {
    /// Where a transaction stands.
    enum Status: String, Sendable {
        case success = "SUCCESS"
        case failed = "FAILED"
        case fullRefunded = "FULL_REFUNDED"
    }

    /// 24 digits, the first twelve of them its time, as in the samples.
    let id: String
    let referenceID: String
    let order: CheckoutRequest.Order
    let method: String
    let createdAt: Date
    var updatedAt: Date
    var status: Status

    /// What can still be refunded.
    var balance: Int { status == .success ? order.amount : 0 }

    var json: JSON { .object(members.merging(["finalAmount": .integer(order.amount), "source": ""]) { $1 }) }

    /// The members that a callback has, too.
    var members: [String: JSON] {
        var members: [String: JSON] = [
            "store": .object([:]), "referenceId": .string(referenceID), "transactionId": .string(id),
            "order": order.json(hasCurrency: false), "terminalId": "", "payee": ["userId": ""],
            "currencyType": "MYR", "balanceAmount": .integer(balance), "voucher": nil, "platform": "OPEN_API",
            "method": .string(method), "region": "MALAYSIA", "type": "WEB_PAYMENT",
            "status": .string(status.rawValue), "createdAt": .string(createdAt.rfc3339),
            "updatedAt": .string(updatedAt.rfc3339),
        ]
        if status == .failed {
            members["error"] = ["message": "The payment failed"]
        } else {
            members["transactionAt"] = .string(createdAt.rfc3339)
        }
        return members
    }

    static func newID(at date: Date) -> String {
        let digits = date.rfc3339.filter(\.isNumber).dropFirst(2)
        return digits + RandomText.digits(12)
    }
}

/// A transaction as tests look at it.
public struct SandboxPayment: Sendable, Equatable {
    /// The order's id at Revenue Monster.
    public let orderID: String
    /// The amount in sen.
    public let amount: Int
    /// The documented status, such as `SUCCESS` or `FULL_REFUNDED`.
    public let status: String
    /// Revenue Monster's id of the transaction.
    public let transactionID: String

    /// Creates a transaction.
    public init(orderID: String, amount: Int, status: String, transactionID: String) {
        self.orderID = orderID
        self.amount = amount
        self.status = status
        self.transactionID = transactionID
    }
}
