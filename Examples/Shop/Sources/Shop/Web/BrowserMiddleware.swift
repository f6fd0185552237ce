import Hummingbird

/// Tells routes which browser asks, and gives a new browser its cookie.
struct BrowserMiddleware: RouterMiddleware {
    let cookies: BrowserCookie

    func handle(
        _ request: Request,
        context: WebContext,
        next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        if let browser = cookies.browser(of: request) {
            context.browser = browser
            return try await next(request, context)
        }
        context.browser = BrowserCookie.newBrowser()
        var response = try await next(request, context)
        response.setCookie(cookies.cookie(for: context.browser))
        return response
    }
}
