import Foundation
import HTTPTypes
import Hummingbird
import ShopCore

extension Site {
    func addPayments(to routes: RouterGroup<WebContext>) {
        routes.post("/orders/:id/pay") { _, context in
            let id = try context.id
            do {
                let order = try await shop.pay(id, of: context.browser)
                return Response.redirect(to: Self.target(after: order))
            } catch let error as ShopError where error.kind != .notFound {
                var problem = Problem(error)
                problem.link = Problem.Link(path: "/orders/\(id.pathComponent)", label: "Back to the order")
                if error.kind == .notConnected, context.isStaff {
                    problem.link = Problem.Link(path: "/merchant", label: "Connect the payment account")
                }
                throw problem
            }
        }
        routes.get("/orders/:id/paid") { _, context in
            // Whatever the query says, only the provider's own answer counts.
            let id = try context.id
            if try await shop.order(id, of: context.browser) != nil { await shop.check(id) }
            return Response.redirect(to: "/orders/\(id.pathComponent)")
        }
    }

    func addWebhooks(to router: Router<WebContext>) {
        router.post("/webhooks/revenue-monster") { request, _ in
            try await shop.paymentCallback(try await WebhookRequest(request))
            return HTTPResponse.Status.ok
        }
        router.post("/webhooks/wetix") { request, _ in
            try await shop.bookingCallback(try await WebhookRequest(request))
            return HTTPResponse.Status.ok
        }
    }

    /// The payment page if the order waits for it, else the order's page.
    private static func target(after order: Order) -> String {
        if order.state == .paying, let page = order.attempts.last?.checkoutURL, PaymentPage.isSafe(page) {
            return page.absoluteString
        }
        return "/orders/\(order.id.pathComponent)"
    }
}

/// The payment provider's page.
enum PaymentPage {
    /// Whether a browser may be sent there: over TLS, or to a sandbox on this machine.
    static func isSafe(_ url: URL) -> Bool {
        switch url.scheme?.lowercased() {
        case "https": url.host() != nil
        case "http": ["127.0.0.1", "localhost", "::1", "[::1]"].contains(url.host() ?? "")
        default: false
        }
    }
}

extension WebhookRequest {
    fileprivate init(_ request: Request) async throws {
        var headers: [String: String] = [:]
        for field in request.headers {
            headers[field.name.canonicalName, default: ""] +=
                headers[field.name.canonicalName] == nil ? field.value : ", \(field.value)"
        }
        let body = try await request.body.collect(upTo: BodyLimit.bytes)
        self.init(headers: headers, body: Data(buffer: body))
    }
}
