import Foundation

/// An order of a buyer at Tiki, with the documented fields.
///
/// Source: Tiki, *Order* and *Order Item* (theory v2).
struct TikiOrder: Sendable {
    /// What was bought.
    struct Item: Sendable {
        let id: Int
        let name: String
        let sku: String
        /// In dong.
        let price: Int
        let quantity: Int
    }

    let code: String
    let status: String
    let fulfillmentType: String
    let customer: String
    let district: String
    let method: String
    let createdAt: Date
    let items: [Item]

    private var subtotal: Int { items.reduce(0) { $0 + $1.price * $1.quantity } }

    var json: JSON {
        [
            "code": .string(code), "relation_code": "", "status": .string(status),
            "fulfillment_type": .string(fulfillmentType), "is_rma": false, "is_vat_exporting": false,
            "has_backorder_items": false, "created_at": .string(Self.time(createdAt)),
            "updated_at": .string(Self.time(createdAt.addingTimeInterval(2700))), "invoice": invoice,
            "items": .array(items.map(Self.item)), "payment": payment,
            "shipping": [
                "address": [
                    "full_name": .string(customer), "district": .string(district), "region": "Hồ Chí Minh",
                    "country": "Việt Nam", "country_id": "VN",
                ]
            ],
            "customer": ["full_name": .string(customer)],
        ]
    }

    private var invoice: JSON {
        [
            "items_count": .integer(items.count), "items_quantity": .integer(items.reduce(0) { $0 + $1.quantity }),
            "subtotal": Self.money(subtotal), "grand_total": Self.money(subtotal),
            "collectible_amount": Self.money(method == "cod" ? subtotal : 0), "discount_amount": Self.money(0),
        ]
    }

    private var payment: JSON {
        [
            "method": .string(method), "is_prepaid": .bool(method != "cod"),
            "status": status == "waiting_payment" ? "pending" : "success",
        ]
    }

    private static func item(_ item: Item) -> JSON {
        [
            "id": .integer(item.id), "product": ["name": .string(item.name), "sku": .string(item.sku)],
            "price": money(item.price), "qty": .integer(item.quantity),
            "invoice": [
                "price": money(item.price), "quantity": .integer(item.quantity),
                "subtotal": money(item.price * item.quantity), "row_total": money(item.price * item.quantity),
            ],
        ]
    }

    /// Decimals in dong, as the documents write them: `409000.00`.
    private static func money(_ dong: Int) -> JSON { .number("\(dong).00") }

    /// Times without an offset, in UTC+7.
    static func time(_ date: Date) -> String {
        date.addingTimeInterval(7 * 3600).formatted(
            .iso8601.year().month().day().dateTimeSeparator(.space).time(includingFractionalSeconds: false)
        ).replacing("Z", with: "")
    }
}
