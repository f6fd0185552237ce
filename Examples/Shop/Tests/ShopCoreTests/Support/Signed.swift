import Crypto
import Foundation
import RevenueMonsterSigning
import ShopCore

/// Calls as the providers sign them.
enum Signed {
    /// Revenue Monster's callback, over the URL too if one is given.
    static func payment(
        _ order: String,
        _ transaction: String,
        amount: Int = 3700,
        currency: String = "MYR",
        at date: Date,
        key: RSASigningKey,
        url: String? = nil
    ) throws -> WebhookRequest {
        let body = Data(
            """
            {"eventType":"PAYMENT_WEB_ONLINE","data":{"currencyType":"\(currency)","order":{"amount":\(amount),\
            "id":"\(order)","title":"A & B"},"payee":{},"store":{"geoLocation":{"latitude":3.1349857},"id":"store-1"},\
            "transactionId":"\(transaction)"}}
            """.utf8
        )
        let data = Data(try CanonicalJSON(body, escaping: .html).text.utf8).base64EncodedString()
        let time = Int(date.timeIntervalSince1970)
        let target = url.map { "&requestUrl=\($0)" } ?? ""
        let text = "data=\(data)&method=post&nonceStr=nonce\(target)&signType=sha256&timestamp=\(time)"
        return WebhookRequest(
            headers: [
                "x-signature": "sha256 \(try key.signature(of: text))", "x-nonce-str": "nonce",
                "x-timestamp": "\(time)", "content-type": "application/json",
            ],
            body: body
        )
    }

    /// WeTix's webhook.
    static func booking(
        _ key: String,
        nonce: String = "aB3dEfGhIjKlMnOpQrStUvWxYz123456",
        amount: Int = 3700,
        at date: Date,
        secret: String
    ) -> WebhookRequest {
        let body = Data(
            """
            {"eventType":"NOTIFY_ORDER_COMPLETION","data":{"key":"\(key)","bookingId":"23726052030123",\
            "currencyCode":"MYR","payableAmount":\(amount),"status":"COMPLETED","qrCode":"1001"}}
            """.utf8
        )
        let time = "\(Int(date.timeIntervalSince1970))"
        let code = HMAC<SHA256>.authenticationCode(
            for: Data((time + nonce + body.base64EncodedString()).utf8),
            using: SymmetricKey(data: Data(secret.utf8))
        )
        return WebhookRequest(
            headers: [
                "x-signature": code.map { String(format: "%02x", $0) }.joined(), "x-nonce-str": nonce,
                "x-timestamp": time,
            ],
            body: body
        )
    }
}
