import Hummingbird

/// Lets the staff through to its pages, and shows nobody else that they exist.
struct StaffGate: RouterMiddleware {
    let access: StaffAccess

    func handle(
        _ request: Request,
        context: WebContext,
        next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        switch access.verdict(on: request, context) {
        case .open:
            context.isStaff = true
            return try await next(request, context)
        case .asks: throw Problem.staffOnly
        case .hidden: throw HTTPError(.notFound)
        }
    }
}

/// Shows the links to the pages of the staff where they need no password.
struct StaffLinks: RouterMiddleware {
    let access: StaffAccess

    func handle(
        _ request: Request,
        context: WebContext,
        next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        if case .open = access.verdict(on: request, context) { context.isStaff = true }
        return try await next(request, context)
    }
}
