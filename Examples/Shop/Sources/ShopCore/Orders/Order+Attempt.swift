public import Foundation

extension Order {
    /// One attempt to pay: a checkout at the payment provider, with an order id of its own there.
    public struct Attempt: Sendable, Codable, Equatable, Identifiable {
        /// Where an attempt stands.
        public enum State: String, Sendable, Codable {
            /// Stored; the request may have been sent.
            case requested
            /// The payment page is known.
            case open
            /// Paid by ``Attempt/transaction``.
            case paid
            /// Failed, was cancelled, or expired: no money moves any more.
            case over
        }

        /// The order id at the payment provider: at most 24 characters, used once and for good.
        public let id: String
        /// Where the attempt stands.
        public var state: State
        /// When the attempt was stored.
        public let createdAt: Date
        /// When its payment page ends at the latest; nobody can pay afterwards.
        public let endsAt: Date
        /// The payment provider's key of the checkout.
        public var checkoutID: String?
        /// The payment page.
        public var checkoutURL: URL?
        /// The payment provider's id of the transaction, once there is one.
        public var transaction: String?
        /// How many requests for a payment page were stored before they were sent; all have the same id.
        public internal(set) var requests = 0
        /// How often the attempt was looked up at the payment provider.
        public internal(set) var lookups = 0
        /// Whether the payment provider knew nothing of the attempt when it was looked up last.
        public internal(set) var isMissing = false
        /// Why no money moves any more.
        public internal(set) var failure: Failure?
        /// Where the money is on its way back, if it has to go back.
        public internal(set) var refund: Refund?
        /// How many refund requests were stored before they were sent.
        public internal(set) var refundRequests = 0
        /// When a refund that is due may be requested again; `nil` if at once.
        public internal(set) var refundDueAt: Date?

        /// Why an attempt is over.
        public enum Failure: String, Sendable, Codable {
            /// It failed, was cancelled, or expired at the payment provider.
            case ended
            /// The payment provider refused to open a payment page.
            case refused
            /// The merchant has not connected the payment account.
            case notConnected
            /// Another amount or currency was paid than the order's.
            case mismatch
            /// The money went back already.
            case returned
        }

        /// Where a refund stands.
        public enum Refund: String, Sendable, Codable {
            /// It has to be requested.
            case due
            /// Stored; the request may have been sent.
            case requested
            /// The money went back.
            case done
        }

        /// Whether money may still move.
        public var isAlive: Bool { state == .requested || state == .open }

        /// Creates an attempt that has been requested.
        public init(id: String, createdAt: Date, endsAt: Date) {
            self.id = id
            self.createdAt = createdAt
            self.endsAt = endsAt
            state = .requested
        }
    }
}
