import Foundation

/// A seller's sales: a dozen, the newest of today.
enum TikiOrders {
    private static let poster = item(1, "Poster phim “Seven Lanterns” A2", 129_000)
    private static let shirt = item(2, "Áo thun Panggung", 249_000, quantity: 2)
    private static let cup = item(3, "Ly sứ “Nasi Lemak Heist”", 159_000)
    private static let score = item(4, "Đĩa nhạc phim “Orbit of Silence”", 409_000)
    private static let cards = item(5, "Bộ bưu thiếp “Hujan di Kota Lama”", 79_000, quantity: 3)

    /// The sales, newest first.
    static func all(at date: Date) -> [TikiOrder] {
        // Code, status, age in hours, buyer, district, payment, items.
        return [
            order("745467462", "queueing", 0.4, "Nguyễn Thị Mai", "Quận 3", "cod", [poster]),
            order("745466918", "queueing", 1.2, "Trần Quốc Bảo", "Quận 7", "cybersource", [shirt, cup]),
            order("745465530", "picking", 3, "Lê Hoàng Anh", "Quận 1", "momo", [score]),
            order("745461207", "packaging", 7, "Phạm Gia Hân", "Thủ Đức", "cod", [cards]),
            order("745457781", "ready_to_ship", 16, "Võ Minh Khang", "Bình Thạnh", "momo", [poster, cards]),
            order("745451046", "shipping", 26, "Đặng Thu Hà", "Quận 10", "cod", [cup]),
            order("745443375", "shipping", 41, "Bùi Anh Tuấn", "Gò Vấp", "cybersource", [score, poster]),
            order("745432290", "delivered", 66, "Hồ Ngọc Diệp", "Quận 5", "cod", [shirt]),
            order("745420118", "complete", 98, "Dương Khánh Linh", "Tân Bình", "momo", [cards, cup]),
            order("745408867", "canceled", 130, "Ngô Đức Huy", "Quận 4", "cod", [score]),
            order("745390554", "complete", 180, "Lý Bảo Châu", "Phú Nhuận", "cod", [poster]),
            order("745377021", "returned", 260, "Vũ Tường Vy", "Quận 8", "momo", [shirt, cards]),
        ]
        func order(
            _ code: String,
            _ status: String,
            _ hours: Double,
            _ customer: String,
            _ district: String,
            _ method: String,
            _ items: [TikiOrder.Item]
        ) -> TikiOrder {
            TikiOrder(
                code: code,
                status: status,
                fulfillmentType: "dropship",
                customer: customer,
                district: district,
                method: method,
                createdAt: date.addingTimeInterval(-hours * 3600),
                items: items
            )
        }
    }

    private static func item(_ id: Int, _ name: String, _ price: Int, quantity: Int = 1) -> TikiOrder.Item {
        TikiOrder.Item(id: 156_453_540 + id, name: name, sku: "712110756780\(id)", price: price, quantity: quantity)
    }
}
