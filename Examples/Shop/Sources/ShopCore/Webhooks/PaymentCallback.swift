import Foundation
import OAuthDialects
import RevenueMonsterSigning

/// What Revenue Monster's callback says; its words are compared with ours and never believed.
struct PaymentCallback: Decodable {
    struct Notice: Decodable {
        struct Order: Decodable {
            let id: String
            let amount: Int
            let currencyType: String?
        }

        struct Store: Decodable { let id: String? }

        let order: Order
        let transactionId: String
        let currencyType: String?
        let store: Store?
    }

    let data: Notice

    /// Whether order, amount, currency, and store are those of an attempt.
    func isFor(_ order: Order, in storeID: String) -> Bool {
        let currencies = [data.currencyType, data.order.currencyType].compactMap(\.self)
        return order.attempts.contains { $0.id == data.order.id } && data.order.amount == order.amount.sen
            && currencies.allSatisfy { $0 == Amount.currency } && data.store?.id ?? storeID == storeID
    }

    /// Reads a callback that Revenue Monster signed within the last two minutes.
    ///
    /// Its pages disagree on whether the signature covers the URL, so the second try is with the configured one, never with what the
    /// request says of itself.
    ///
    /// - Throws: ``ShopError`` with the kind ``ShopError/Kind/forged``.
    static func verified(_ request: WebhookRequest, key: RSAVerifyingKey, url: URL, at date: Date) throws -> Self {
        var headers: WireHeaders = [:]
        for (name, value) in request.headers { headers[name] = value }
        let wire = WireRequest("POST", url, headers: headers, body: .bytes(request.body))
        do throws(RevenueMonsterCallback.Failure) {
            try RevenueMonsterCallback(key: key).verify(wire, at: date)
        } catch {
            guard error == .forged, Self.isSigned(request, key: key, url: url) else { throw Self.forged }
        }
        guard let callback = try? JSONDecoder().decode(Self.self, from: request.body),
            !callback.data.transactionId.isEmpty,
            callback.data.transactionId.utf8.allSatisfy({ Self.idBytes.contains($0) })
        else { throw Self.forged }
        return callback
    }

    private static let idBytes = Set("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_".utf8)

    private static var forged: ShopError { ShopError(.forged, "The callback is not signed by Revenue Monster.") }

    /// The variant of the pages from 2023, with the URL among the signed fields in alphabetical order.
    private static func isSigned(_ request: WebhookRequest, key: RSAVerifyingKey, url: URL) -> Bool {
        guard let signature = request.headers["x-signature"]?.split(separator: " "), signature.count == 2,
            signature[0] == "sha256", let nonce = request.headers["x-nonce-str"],
            let time = request.headers["x-timestamp"],
            let canonical = try? CanonicalJSON(request.body, escaping: .html)
        else { return false }
        let data = canonical.isEmpty ? "" : "data=\(Data(canonical.text.utf8).base64EncodedString())&"
        let text =
            "\(data)method=post&nonceStr=\(nonce)&requestUrl=\(url.absoluteString)&signType=sha256&timestamp=\(time)"
        return key.isValid(String(signature[1]), of: text)
    }
}
