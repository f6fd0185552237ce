import Hummingbird
import Logging

/// Logs each request without its query, which may hold a sign-in's code.
struct RequestLog: RouterMiddleware {
    func handle(
        _ request: Request,
        context: WebContext,
        next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        let response = try await next(request, context)
        let level: Logger.Level = response.status.code >= 500 ? .error : .info
        context.logger.log(
            level: level,
            "\(request.method.rawValue) \(request.uri.path) \(response.status.code)",
            metadata: ["seconds": "\(start.duration(to: .now) / .seconds(1))"]
        )
        return response
    }
}
