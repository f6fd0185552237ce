import Foundation

/// A hosted checkout: a page on which one order can be paid once.
struct Checkout: Sendable {
    /// Where a checkout stands.
    enum Status: String, Sendable {
        /// The word before a payment is undocumented; one client expects this one.
        case pending = "PENDING"
        case success = "SUCCESS"
        case failed = "FAILED"
        case cancelled = "CANCELLED"
        case expired = "EXPIRED"
    }

    let id: String
    let request: CheckoutRequest
    let startAt: Date
    let endAt: Date
    var updatedAt: Date
    var status = Status.pending

    /// An id is no proof of a payment: the documented sample of an expired checkout has one, too.
    var transactionID: String?

    var json: JSON {
        [
            "id": .string(id), "order": request.order.json(hasCurrency: true), "type": .string(request.type),
            "transactionId": .string(transactionID ?? ""), "platform": "OPEN_API",
            "method": .array(request.methods.map(JSON.string)), "redirectUrl": .string(request.redirectURL),
            "notifyUrl": .string(request.notifyURL), "startAt": .string(startAt.rfc3339),
            "endAt": .string(endAt.rfc3339), "status": .string(status.rawValue),
            "createdAt": .string(startAt.rfc3339), "updatedAt": .string(updatedAt.rfc3339),
        ]
    }

    /// Where the browser goes when the checkout is over.
    ///
    /// How the parameters join a URL that has a query is undocumented.
    var redirect: String {
        let id = request.order.id.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        return request.redirectURL + (request.redirectURL.contains("?") ? "&" : "?")
            + "status=\(status.rawValue)&orderId=\(id)"
    }
}
