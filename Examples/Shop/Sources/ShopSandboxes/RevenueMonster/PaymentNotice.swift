import Foundation
import OAuthDialects
import RevenueMonsterSigning

/// The callback that tells a merchant of a successful payment.
///
/// Source: Revenue Monster, *Notify URL*. It is sent after a success only. Retries are undocumented.
struct PaymentNotice: Sendable {
    let transaction: Transaction
    let notifyURL: URL
    let storeID: String
    let key: RSASigningKey

    /// The request, signed with the server's key; its signature covers no URL.
    func request(at date: Date) throws -> WireRequest {
        let data = Data(body.encoded.utf8)
        let canonical = try CanonicalJSON(data, escaping: .html).text
        let nonce = RandomText.letters(32)
        let text = [
            "data=\(Data(canonical.utf8).base64EncodedString())", "method=post", "nonceStr=\(nonce)",
            "signType=sha256", "timestamp=\(date.unixSeconds)",
        ].joined(separator: "&")
        return WireRequest(
            "POST",
            notifyURL,
            headers: [
                "Content-Type": "application/json", "X-Signature": "sha256 \(try key.signature(of: text))",
                "X-Nonce-Str": nonce, "X-Timestamp": "\(date.unixSeconds)",
            ],
            body: .bytes(Data(canonical.utf8))
        )
    }

    /// Without `finalAmount`: the tables list it, the sample bodies don't have it.
    private var body: JSON {
        var data = transaction.members
        data["store"] = store
        return ["eventType": "PAYMENT_WEB_ONLINE", "data": .object(data)]
    }

    private var store: JSON {
        [
            "id": .string(storeID), "name": "Panggung", "imageUrl": "", "addressLine1": "", "addressLine2": "",
            "city": "", "country": "", "countryCode": "", "phoneNumber": "", "postCode": "", "state": "",
            "geoLocation": ["latitude": .number("3.091198"), "longitude": .number("101.5588264")],
            "status": "ACTIVE", "createdAt": "2020-12-18T11:17:51Z", "updatedAt": "2023-04-07T06:35:57Z",
        ]
    }
}
