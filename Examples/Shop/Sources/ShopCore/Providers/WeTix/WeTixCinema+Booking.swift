import Foundation

extension WeTixCinema {
    /// An order at WeTix, before it is paid.
    struct Draft: Sendable {
        let key: String
        let amount: Amount
        let currency: String?
        /// How long it can be paid, in seconds.
        let seconds: TimeInterval?
    }

    /// What an order is made of; every member is signed, also one without a value.
    struct OrderInput: Encodable {
        struct Customer: Encodable {
            let email: String
            // Required, and unknown to this shop.
            let countryCode = "60"
            let phoneNo = ""
        }

        struct Ticket: Encodable {
            let key: String
            let quantity: Int
        }

        let sessionKey: String
        let referenceId: String
        let customer: Customer
        let tickets: [Ticket]
        let concessions: [String] = []
        let bundles: [String] = []
        let promoCode = ""
        let notifyUrl: String
    }

    private struct OrderKey: Encodable { let orderKey: String }

    private struct Key: Encodable { let key: String }

    private static let order =
        "key bookingId currencyCode totalAmount payableAmount expiresIn paidAt qrCode status"

    private static let create = """
        mutation CreateMovieOrder($input: CreateMovieOrderInput!, $signature: SignatureInput!) {
          createMovieOrder(input: $input, signature: $signature) { order { \(order) } }
        }
        """

    private static let confirm = """
        mutation ConfirmMovieOrder($input: ConfirmMovieOrderInput!, $signature: SignatureInput!) {
          confirmMovieOrder(input: $input, signature: $signature) { order { \(order) } }
        }
        """

    private static let look = """
        query MovieOrder($key: Key!) {
          movieOrder(key: $key) { \(order) }
        }
        """

    /// Makes an order of reserved seats.
    func makeOrder(_ input: OrderInput) async throws(ProviderFailure) -> Draft {
        let answer = try await mutateSigned(CreatedOrder.self, "createMovieOrder", Self.create, input)
        let order = answer.createMovieOrder.order
        guard let amount = order.payableAmount ?? order.totalAmount else { throw .unreadable }
        return Draft(
            key: order.key,
            amount: Amount(ringgit: amount),
            currency: order.currencyCode,
            seconds: order.expiresIn
        )
    }

    /// Says that an order is paid.
    func confirm(_ key: String) async throws(ProviderFailure) -> BookingStanding {
        let answer = try await mutateSigned(
            ConfirmedOrder.self,
            "confirmMovieOrder",
            Self.confirm,
            OrderKey(orderKey: key)
        )
        return answer.confirmMovieOrder.order.standing
    }

    /// Where an order stands.
    func booking(_ key: String) async throws(ProviderFailure) -> BookingStanding {
        try await look(FoundOrder.self, Self.look, Key(key: key)).movieOrder.standing
    }
}

private struct MovieOrder: Decodable {
    let key: String
    let bookingId: String?
    let currencyCode: String?
    let totalAmount: Double?
    let payableAmount: Double?
    let expiresIn: TimeInterval?
    let qrCode: String?
    let status: String

    var standing: BookingStanding {
        switch status {
        case "COMPLETED": .ticket([qrCode, bookingId].compactMap(\.self).first { !$0.isEmpty } ?? key)
        case "PAID": .confirmed
        case "CANCELLED", "FAILED", "REFUNDED", "REVERSAL": .failed(status)
        default: .unconfirmed
        }
    }
}

private struct OrderPayload: Decodable { let order: MovieOrder }

private struct CreatedOrder: Decodable { let createMovieOrder: OrderPayload }

private struct ConfirmedOrder: Decodable { let confirmMovieOrder: OrderPayload }

private struct FoundOrder: Decodable { let movieOrder: MovieOrder }
