import Hummingbird
import ShopCore

extension Site {
    func addCatalogue(to routes: RouterGroup<WebContext>) {
        routes.get("/") { _, context in
            let view = CatalogueView(try await shop.showtimes(), at: now())
            return pages.response("catalogue", view, Pages.Frame(title: "Now showing", section: "films"), context)
        }
        routes.get("/showtimes/:id") { request, context in
            // Each plan is a booking session at the cinema.
            guard request.method == .get else { return Response(status: .methodNotAllowed, headers: [.allow: "GET"]) }
            let plan = try await shop.seatPlan(of: try context.id)
            return seats(SeatsView(plan, at: now()), context)
        }
    }

    func addAssets(to routes: RouterGroup<WebContext>) {
        routes.get("/assets/**") { request, context in
            let name = context.parameters.getCatchAll().joined(separator: "/")
            return try assets.response(of: name, isVersioned: request.uri.query == "v=\(assets.version)")
        }
    }

    func seats(_ view: SeatsView, _ context: WebContext, status: HTTPResponse.Status = .ok) -> Response {
        let frame = Pages.Frame(title: "Choose seats for \(view.showtime.film)", section: "films")
        return pages.response("seats", view, frame, context, status: status)
    }
}

extension WebContext {
    /// The id in the path.
    var id: String {
        get throws { try parameters.require("id").removingPercentEncoding ?? "" }
    }
}
