import Hummingbird
import OAuthDialects
import ShopCore

/// Turns errors into pages.
struct ErrorPages: RouterMiddleware {
    let pages: Pages

    func handle(
        _ request: Request,
        context: WebContext,
        next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            let problem = Problem(error)
            if problem.status.code >= 500 {
                let cause = Self.cause(of: error)
                context.logger.error("Request failed", metadata: ["path": "\(request.uri.path)", "cause": "\(cause)"])
            }
            return pages.response(of: problem, context)
        }
    }

    /// An error of the shop or the library names no secret; of any other, only the type is logged.
    private static func cause(of error: any Error) -> String {
        switch error {
        case let problem as Problem: problem.text
        case is TokenError, is ShopError: "\(error)"
        default: "\(type(of: error))"
        }
    }
}
