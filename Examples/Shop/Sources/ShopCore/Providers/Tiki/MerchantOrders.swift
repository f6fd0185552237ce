public import Foundation
public import OAuthDialects

/// An order of the merchant's shop at Tiki.
public struct TikiOrder: Sendable, Hashable, Decodable, Identifiable {
    /// Tiki's code of the order.
    public let code: String
    /// Tiki's word for where the order stands, such as `queueing`.
    public let status: String
    /// When the order was made, in Tiki's words.
    public let createdAt: String?
    /// What the order holds.
    public let items: [Item]

    /// A line of an order.
    public struct Item: Sendable, Hashable, Decodable {
        /// The product's name.
        public let name: String?
        /// How many were ordered.
        public let quantity: Int?

        private enum CodingKeys: String, CodingKey {
            case product
            case quantity = "qty"
        }

        private struct Product: Decodable { let name: String? }

        public init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            name = try container.decodeIfPresent(Product.self, forKey: .product)?.name
            quantity = try container.decodeIfPresent(Int.self, forKey: .quantity)
        }
    }

    public var id: String { code }

    private enum CodingKeys: String, CodingKey {
        case code
        case status
        case createdAt = "created_at"
        case items
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        code = try container.decode(String.self, forKey: .code)
        status = try container.decode(String.self, forKey: .status)
        createdAt = try container.decodeIfPresent(String.self, forKey: .createdAt)
        items = try container.decodeIfPresent([Item].self, forKey: .items) ?? []
    }
}

/// The merchant's orders at Tiki: `GET /integration/v2/orders`.
public struct MerchantOrders: Sendable {
    private let session: TokenSession
    private let api: URL

    /// Creates the client of a merchant's session and the API's root.
    public init(session: TokenSession, api: URL) {
        self.session = session
        self.api = api
    }

    private struct Page: Decodable { let data: [TikiOrder] }

    /// The orders of the last 30 days, 20 at most.
    ///
    /// - Throws: ``ShopError`` with a text for the merchant.
    public func recent() async throws -> [TikiOrder] {
        let url = api.appending(path: "integration/v2/orders", directoryHint: .notDirectory).appending(queryItems: [
            URLQueryItem(name: "page", value: "1"), URLQueryItem(name: "limit", value: "20"),
            URLQueryItem(name: "filter_date_by", value: "last30days"),
        ])
        do {
            return try await ProviderCall("GET", url).answer(Page.self, by: session).data
        } catch {
            throw ShopError(error, provider: "Tiki")
        }
    }
}
