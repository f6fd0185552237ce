import Hummingbird

extension Site {
    private static let refresh = Duration.seconds(1)

    func addOperations(to routes: RouterGroup<WebContext>) {
        routes.get("/operations") { _, context in
            let frame = Pages.Frame(title: "Operations", section: "operations", refresh: 5)
            return pages.response("operations", OperationsView(operations, at: now()), frame, context)
        }
        routes.get("/operations/events") { request, _ in
            EventStream.response(to: request) { texts in
                // The bars of the tokens grow by themselves, so it isn't enough to wait for events.
                while !Task.isCancelled {
                    let fragment = pages.fragment("operations-state", OperationsView(operations, at: now()))
                    texts.yield(EventStream.event(fragment))
                    try? await Task.sleep(for: Self.refresh)
                }
            }
        }
        routes.post("/operations/:provider/:action") { _, context in
            let name = try context.parameters.require("provider")
            guard let sandboxes = operations.sandboxes, sandboxes.names.contains(name),
                let action = OperationsAction(rawValue: try context.parameters.require("action"))
            else { throw HTTPError(.notFound) }
            try action.perform(on: name, sandboxes)
            context.logger.notice("Sandbox changed", metadata: ["provider": "\(name)", "action": "\(action.rawValue)"])
            return Response.redirect(to: "/operations#\(name.pathComponent)")
        }
    }
}
