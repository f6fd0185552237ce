import Foundation
import OAuthDialects

/// Revenue Monster's hosted checkout, its lookups, and its refunds.
///
/// Source: Revenue Monster, *Online Payment*, *Query Transaction*, and *Cancel Transaction*.
struct RevenueMonsterPayments: Sendable {
    let session: @Sendable () throws -> TokenSession
    let api: URL
    let queue: LookupQueue

    /// Opens a payment page.
    func open(_ body: CheckoutBody) async -> OrderFact {
        do throws(ProviderFailure) {
            let answer = try await ProviderCall("POST", url("payment/online"))
                .answer(Answer<OpenedCheckout>.self, to: body, by: connected())
            guard let url = URL(string: answer.item.url), ["http", "https"].contains(url.scheme) else {
                return .failed(.unreadable)
            }
            return .checkoutOpened(id: answer.item.checkoutId, url: url)
        } catch {
            return Self.fact(of: error)
        }
    }

    private static func fact(of failure: ProviderFailure) -> OrderFact {
        guard case .refused(let code) = failure else { return .failed(failure) }
        switch code {
        case "ORDER_ID_DUPLICATE", "TRANSACTION_DUPLICATE", "ORDER_PAID", "TRANSACTION_PAID", "PAYMENT_IN_PROCESS":
            return .checkoutExists
        case "TOO_MANY_REQUEST_PER_SECOND", "EXCEEDED_LIMIT", "INVALID_TIMESTAMP": return .failed(.unavailable())
        default: return .failed(.refused(code))
        }
    }

    /// Sends the whole amount of a transaction back.
    ///
    /// Revenue Monster documents no idempotency key, but codes for a refund that is under way or done.
    func refund(_ transaction: String, _ amount: Amount) async -> OrderFact {
        let body = RefundBody(
            reason: "The ticket can't be issued",
            refund: .init(amount: amount.sen, currencyType: Amount.currency, type: "FULL"),
            transactionId: transaction
        )
        do throws(ProviderFailure) {
            let answer = try await ProviderCall("POST", url("payment/refund"))
                .answer(Answer<TransactionAnswer>.self, to: body, by: connected())
            return answer.item.isReturned ? .payment(.returned) : .refundStarted
        } catch {
            switch error {
            case .refused("PAYMENT_FULLY_REFUNDED"): return .payment(.returned)
            case .refused("PAYMENT_REFUNDING"): return .refundStarted
            case .refused("TOO_MANY_REQUEST_PER_SECOND"), .refused("EXCEEDED_LIMIT"), .refused("INVALID_TIMESTAMP"):
                return .failed(.unavailable())
            default: return .failed(error)
            }
        }
    }

    /// Sends a body by the merchant's session.
    func connected() throws(ProviderFailure) -> TokenSession {
        do { return try session() } catch { throw .notConnected }
    }

    /// The URL of a path of API v3.
    func url(_ path: String) -> URL { api.appending(path: "v3/\(path)", directoryHint: .notDirectory) }
}

/// An answer of Revenue Monster; without an `item` it is a refusal at any status.
struct Answer<Item: Decodable>: Decodable {
    let item: Item
}

/// The body of `POST /v3/payment/online`.
struct CheckoutBody: Encodable {
    struct Order: Encodable {
        let additionalData: String
        let amount: Int
        let currencyType: String
        let detail: String
        let id: String
        let title: String
    }

    let expiresInSeconds: Int
    let layoutVersion = "v4"
    /// Empty: every method that the merchant has enabled.
    let method: [String] = []
    let notifyUrl: String
    let order: Order
    let redirectUrl: String
    let storeId: String
    let type = "WEB_PAYMENT"
}

private struct OpenedCheckout: Decodable {
    let checkoutId: String
    let url: String
}

private struct RefundBody: Encodable {
    struct Refund: Encodable {
        let amount: Int
        let currencyType: String
        let type: String
    }

    let reason: String
    let refund: Refund
    let transactionId: String
}
