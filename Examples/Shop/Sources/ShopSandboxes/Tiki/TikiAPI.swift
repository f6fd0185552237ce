import Foundation
import OAuthDialects
import OAuthDialectsTesting

/// The list of a seller's orders: `GET /integration/v2/orders`.
struct TikiAPI: Sendable {
    private let clock: any SessionClock
    private let orders: [TikiOrder]

    init(clock: any SessionClock) {
        self.clock = clock
        orders = TikiOrders.all(at: clock.date)
    }

    func serve(on sandbox: ProviderSandbox) {
        sandbox.stub("GET", "/integration/v2/orders") { answer($0) }
        sandbox.stub("GET", "/integration/v2/orders/*") { request in
            let order = orders.first { $0.code == request.url.lastPathComponent }
            guard let order else { return .json(["errors": ["The order is not found."]], status: 404) }
            return .json(order.json)
        }
    }

    private func answer(_ request: WireRequest) -> WireResponse {
        let items = URLComponents(url: request.url, resolvingAgainstBaseURL: true)?.queryItems ?? []
        let query = Dictionary(items.map { ($0.name, $0.value ?? "") }) { $1 }
        let (page, limit) = (Int(query["page"] ?? "1") ?? 0, Int(query["limit"] ?? "20") ?? 0)
        // The examples use 20; an error of the API names 100 as the most.
        guard page >= 1, (1...100).contains(limit) else {
            return .json(["errors": ["The page or the limit is invalid."]], status: 400)
        }
        let orders = selected(by: query)
        let start = min((page - 1) * limit, orders.count)
        let shown = orders[start..<min(start + limit, orders.count)]
        return .json([
            "data": .array(shown.map(\.json)),
            "paging": [
                "total": .integer(orders.count), "current_page": .integer(page), "per_page": .integer(limit),
                "from": .integer(shown.isEmpty ? 0 : start + 1), "to": .integer(start + shown.count),
                "last_page": .integer(max(1, (orders.count + limit - 1) / limit)),
            ],
        ])
    }

    private func selected(by query: [String: String]) -> [TikiOrder] {
        let date = clock.date
        return orders.filter { order in
            if let code = query["code"], order.code != code { return false }
            if query["filter_date_by"] == "today", day(order.createdAt) != day(date) { return false }
            guard let status = query["status"], !status.isEmpty else { return true }
            // `nin|processing,waiting_payment` is the documented negation.
            let words = status.split(separator: "|", maxSplits: 1).map(String.init)
            let isNegated = words.count == 2 && words[0] == "nin"
            return (words.last ?? "").split(separator: ",").contains { $0 == order.status } != isNegated
        }
    }

    private func day(_ date: Date) -> Substring { TikiOrder.time(date).prefix(10) }
}
