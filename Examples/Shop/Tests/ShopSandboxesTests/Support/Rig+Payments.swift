import Foundation
import OAuthDialects

extension Rig {
    /// The body of a checkout, with some members replaced.
    func checkout(
        _ id: String,
        amount: String = "3600",
        title: String = "Two tickets",
        currency: String = "MYR",
        store: String? = nil,
        more: String = ""
    ) -> String {
        """
        {"storeId":"\(store ?? directory.storeID)","redirectUrl":"http://127.0.0.1:9/orders/1/paid",
         "notifyUrl":"http://127.0.0.1:9/webhooks/revenue-monster","layoutVersion":"v4","type":"WEB_PAYMENT","method":[],
         "order":{"id":"\(id)","title":"\(title)","detail":"","additionalData":"<&>","currencyType":"\(currency)",
         "amount":\(amount)}\(more)}
        """
    }

    func payment(_ path: String) throws -> URL {
        guard let url = URL(string: try root("revenue-monster").absoluteString + "/v3/payment/" + path) else {
            throw URLError(.badURL)
        }
        return url
    }

    /// Opens a checkout.
    ///
    /// - Returns: its id and the address of its page.
    func open(_ id: String, _ session: TokenSession, more: String = "") async throws -> (id: String, page: URL) {
        let reading = try await session.ask("POST", payment("online"), checkout(id, more: more))
        guard let checkout = reading["item.checkoutId"], let page = reading["item.url"].flatMap({ URL(string: $0) })
        else { throw UnexpectedAnswer(text: reading.text) }
        return (checkout, page)
    }

    /// Presses a button on a page.
    ///
    /// - Returns: where the browser goes.
    @discardableResult
    func press(_ button: String, _ page: URL) async throws -> String? {
        let response = try await visit(page, "POST", body: "decision=\(button)")
        return response.headers["Location"]
    }

    func visit(_ page: URL, _ method: String = "GET", body: String? = nil) async throws -> WireResponse {
        var request = WireRequest(method, page)
        if let body {
            request.headers["Content-Type"] = "application/x-www-form-urlencoded"
            request.body = .bytes(Data(body.utf8))
        }
        let transport: SystemTransport = .system
        return try await transport.send(request, .api)
    }
}
