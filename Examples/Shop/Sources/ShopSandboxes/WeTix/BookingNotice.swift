import Crypto
import Foundation
import OAuthDialects

/// The webhook that tells an integrator of a completed order.
///
/// Source: WeTix, *Notify Order Completion* and *Webhook Signature Verification*. Its amounts are integers in sen.
struct BookingNotice: Sendable {
    let booking: Booking
    let notifyURL: URL

    /// The request, signed with the client's secret.
    func request(at date: Date, secret: String) -> WireRequest {
        let data = Data(body.encoded.utf8)
        let (timestamp, nonce) = ("\(date.unixSeconds)", RandomText.letters(32))
        let text = timestamp + nonce + data.base64EncodedString()
        let code = HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: SymmetricKey(data: Data(secret.utf8)))
        return WireRequest(
            "POST",
            notifyURL,
            headers: [
                "Content-Type": "application/json", "X-Timestamp": timestamp, "X-Nonce-Str": nonce,
                "X-Signature": code.map { String(format: "%02x", $0) }.joined(),
            ],
            body: .bytes(data)
        )
    }

    private var body: JSON {
        [
            "eventType": "NOTIFY_ORDER_COMPLETION",
            "data": [
                "key": .string(booking.key), "bookingId": .string(booking.bookingID),
                "transactionId": .string(booking.transactionID), "currencyCode": "MYR",
                "totalAmount": .integer(booking.total), "bookingAmount": .integer(booking.fees),
                "payableAmount": .integer(booking.total), "status": .string(booking.status.rawValue),
                "qrCode": .string(booking.qrCode ?? ""), "createdAt": .string(booking.createdAt.rfc3339),
                "lastUpdatedAt": .string(booking.updatedAt.rfc3339),
            ],
        ]
    }
}
