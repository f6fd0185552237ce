import Hummingbird

/// Reads the body of a form or a webhook, and refuses one that is larger than 64 KiB.
struct BodyLimit: RouterMiddleware {
    static let bytes = 64 * 1024

    func handle(
        _ request: Request,
        context: WebContext,
        next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        guard request.method == .post else { return try await next(request, context) }
        let length = request.headers[.contentLength].flatMap { Int($0) } ?? 0
        guard length <= Self.bytes else { throw HTTPError(.contentTooLarge) }
        var request = request
        _ = try await request.collectBody(upTo: Self.bytes)
        return try await next(request, context)
    }
}
