#if PostgreSQL
import Foundation
import ShopCore

/// An order as JSON.
enum OrderDocument {
    static func bytes(_ order: Order) throws -> Data { try JSONEncoder().encode(order) }

    static func order(_ bytes: Data) throws -> Order { try JSONDecoder().decode(Order.self, from: bytes) }
}
#endif
