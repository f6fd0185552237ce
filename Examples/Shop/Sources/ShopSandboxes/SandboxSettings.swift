import Foundation
import OAuthDialects

extension Sandboxes {
    /// How the sandboxes behave.
    public struct Settings: Sendable {
        /// How long access tokens live.
        public var tokenLifetime = Duration.seconds(60)
        /// How long the cinema holds reserved seats.
        public var holdLifetime = Duration.seconds(900)
        /// How long a payment page can be used; `nil` for what the shop asks for, or ten minutes.
        public var checkoutLifetime: Duration?
        /// How long the cinema takes to issue the tickets of a confirmed order.
        public var bookingDelay = Duration.seconds(1)
        /// The first of five consecutive ports: three providers, `kopi`, and the payment pages; 0 for any.
        public var port = 0
        /// The folder of `directory.json`.
        public var folder: URL
        /// Whether Revenue Monster's limit of three queries by order id in five seconds applies.
        public var limitsLookups = true
        /// The pauses between attempts of Revenue Monster's callbacks; its retries are undocumented.
        public var callbackPauses: [Duration] = [.seconds(1), .seconds(5), .seconds(25)]
        /// The pauses between attempts of WeTix's webhooks; five attempts, two minutes apart, are documented.
        public var webhookPauses: [Duration] = Array(repeating: .seconds(120), count: 4)
        /// The clock of the APIs, callbacks, and pages; the OAuth endpoints always use the system's.
        public var clock: any SessionClock = .system
        /// Sends the callbacks.
        public var transport: any WireTransport = .system

        /// Creates the default settings, with a folder of their own beneath the system's temporary directory.
        public init() {
            folder = FileManager.default.temporaryDirectory.appending(path: "shop-sandboxes-\(RandomText.letters(12))")
        }
    }
}
