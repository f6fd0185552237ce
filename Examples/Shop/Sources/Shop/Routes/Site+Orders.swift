import Hummingbird
import ShopCore

extension Site {
    func addOrders(to routes: RouterGroup<WebContext>) {
        routes.post("/orders") { request, context in
            try await makeOrder(try await Form(request), context)
        }
        routes.get("/orders") { _, context in
            let view = OrdersView(try await shop.orders(of: context.browser), at: now())
            return pages.response("orders", view, Pages.Frame(title: "My orders", section: "orders"), context)
        }
        routes.get("/orders/:id") { _, context in
            let view = OrderView(try await order(context), at: now())
            let title = "\(view.words.title): \(view.showtime.film)"
            let frame = Pages.Frame(title: title, section: "orders", refresh: view.isOver ? nil : 5)
            return pages.response("order", view, frame, context)
        }
        routes.get("/orders/:id/events") { request, context in
            let order = try await order(context)
            return EventStream.response(to: request) { texts in
                for await order in shop.changes(of: order.id) {
                    let view = OrderView(order, at: now())
                    texts.yield(EventStream.event(pages.fragment("order-state", view)))
                    if view.isOver { break }
                }
            }
        }
        routes.post("/orders/:id/cancel") { _, context in
            let order = try await shop.cancel(try context.id, of: context.browser)
            return Response.redirect(to: "/orders/\(order.id.pathComponent)")
        }
    }

    /// The order in the path, if it is this browser's.
    func order(_ context: WebContext) async throws -> Order {
        guard let order = try await shop.order(try context.id, of: context.browser) else {
            throw HTTPError(.notFound)
        }
        return order
    }

    /// A form that is sent twice makes one order: the second finds the order of the first.
    private func makeOrder(_ form: Form, _ context: WebContext) async throws -> Response {
        let request = OrderForm(form)
        return try await orderForms.run("\(context.browser) \(request.sessionKey)") {
            if let path = try await pathOfOrder(in: request.sessionKey, context) { return Response.redirect(to: path) }
            do {
                try request.check()
                let order = try await shop.order(
                    seats: request.seats,
                    in: request.sessionKey,
                    of: request.showtime,
                    email: request.email,
                    browser: context.browser
                )
                return Response.redirect(to: "/orders/\(order.id.pathComponent)")
            } catch let error as ShopError where [.seatsGone, .invalid].contains(error.kind) {
                // Another process may have made the order for the same form.
                if let path = try await pathOfOrder(in: request.sessionKey, context) {
                    return Response.redirect(to: path)
                }
                return try await chooseAgain(request, error, context)
            }
        }
    }

    private func pathOfOrder(in sessionKey: String, _ context: WebContext) async throws -> String? {
        guard !sessionKey.isEmpty else { return nil }
        let order = try await shop.orders(of: context.browser).first { $0.sessionKey == sessionKey }
        return order.map { "/orders/\($0.id.pathComponent)" }
    }

    private func chooseAgain(_ form: OrderForm, _ error: ShopError, _ context: WebContext) async throws -> Response {
        let plan = try await shop.seatPlan(of: form.showtime)
        let status: HTTPResponse.Status = error.kind == .seatsGone ? .conflict : .badRequest
        let view = SeatsView(plan, at: now(), email: form.email, chosen: form.seatNames, alert: error.message)
        return seats(view, context, status: status)
    }
}
