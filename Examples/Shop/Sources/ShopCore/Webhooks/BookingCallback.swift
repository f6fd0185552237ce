import Crypto
import Foundation
import OAuthDialects

/// What WeTix's webhook says: an order is complete.
struct BookingCallback: Decodable {
    struct Notice: Decodable {
        let key: String
        let currencyCode: String?
        /// In sen, unlike GraphQL's amounts.
        let payableAmount: Int?
    }

    let data: Notice

    /// Reads a webhook that WeTix signed within the window.
    ///
    /// Source: WeTix, *Webhook Signature Verification*.
    ///
    /// - Returns: the webhook, and its nonce.
    /// - Throws: ``ShopError`` with the kind ``ShopError/Kind/forged``.
    static func verified(
        _ request: WebhookRequest,
        secret: Secret,
        window: Duration,
        at date: Date
    ) throws -> (callback: Self, nonce: String) {
        let forged = ShopError(.forged, "The webhook is not signed by WeTix.")
        guard let time = request.headers["x-timestamp"], let seconds = Int(time),
            let nonce = request.headers["x-nonce-str"], !nonce.isEmpty, nonce.utf8.count <= 128,
            let signature = request.headers["x-signature"].flatMap(bytes(hexadecimal:)),
            abs(date.timeIntervalSince1970 - Double(seconds)) <= window.seconds
        else { throw forged }
        let isEmpty = ["", "{}", "null"].contains(String(decoding: request.body, as: UTF8.self))
        let text = time + nonce + (isEmpty ? "" : request.body.base64EncodedString())
        // Compares in constant time.
        let isValid = HMAC<SHA256>.isValidAuthenticationCode(
            signature,
            authenticating: Data(text.utf8),
            using: SymmetricKey(data: Data(secret.revealed.utf8))
        )
        guard isValid, let callback = try? JSONDecoder().decode(Self.self, from: request.body) else { throw forged }
        return (callback, nonce)
    }

    private static func bytes(hexadecimal text: String) -> Data? {
        guard text.utf8.count == 64 else { return nil }
        let digits = text.utf8.compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
        guard digits.count == 64 else { return nil }
        return Data(stride(from: 0, to: 64, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) })
    }
}
