import Foundation

/// The body of `POST /v3/payment/online`, checked against the documented limits.
///
/// Source: Revenue Monster, *Online Payment*; the minimum of ten sen is from its page *Web Payment*.
struct CheckoutRequest: Sendable, Equatable {
    /// An order of the merchant.
    struct Order: Sendable, Equatable {
        let id: String
        let title: String
        let detail: String
        let additionalData: String
        let amount: Int

        /// The samples of transactions and callbacks have no `currencyType` in the order, that of checkouts does.
        func json(hasCurrency: Bool) -> JSON {
            var members: [String: JSON] = [
                "id": .string(id), "title": .string(title), "detail": .string(detail),
                "additionalData": .string(additionalData), "amount": .integer(amount),
            ]
            if hasCurrency { members["currencyType"] = "MYR" }
            return .object(members)
        }
    }

    let order: Order
    let type: String
    let methods: [String]
    let redirectURL: String
    let notifyURL: String

    /// A field of the SDKs only; their default is ten minutes.
    let expiresInSeconds: Int?

    init(_ body: JSON?, storeID: String) throws(PaymentRefusal) {
        guard let body, case .object = body else { throw .validation(["body": "is not a JSON object"]) }
        var reader = FieldReader(body)
        let store = reader.text("storeId")
        redirectURL = reader.url("redirectUrl")
        notifyURL = reader.url("notifyUrl")
        _ = reader.choice("layoutVersion", of: ["v1", "v2", "v3", "v4"])
        type = reader.choice("type", of: ["WEB_PAYMENT", "MOBILE_PAYMENT"])
        methods = reader.texts("method")
        expiresInSeconds = reader.positive("expiresInSeconds")
        let id = reader.text("order.id", atMost: 24)
        let title = reader.text("order.title", atMost: 32)
        let detail = reader.optionalText("order.detail", atMost: 600)
        let data = reader.optionalText("order.additionalData", atMost: 128)
        let currency = reader.text("order.currencyType")
        let amount = try reader.amount("order.amount")
        guard reader.problems.isEmpty else { throw .validation(reader.problems) }
        guard store == storeID else { throw PaymentRefusal(.storeNotFound) }
        guard currency == "MYR" else { throw PaymentRefusal(.currencyInvalid) }
        guard amount >= 10 else { throw PaymentRefusal(.amountInvalid) }
        order = Order(id: id, title: title, detail: detail, additionalData: data, amount: amount)
    }
}
