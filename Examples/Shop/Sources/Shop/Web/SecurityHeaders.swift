import HTTPTypes
import Hummingbird

/// Adds the fields that keep pages to what the shop serves, and out of caches.
struct SecurityHeaders: RouterMiddleware {
    private let fields: [(HTTPField.Name, String)]

    init(publicURL: PublicURL) {
        // A browser applies `form-action` to redirects too, and the payment page's host is only known from the provider's answer.
        let targets = publicURL.isLoopback ? "https: http://127.0.0.1:* http://localhost:*" : "https:"
        let policy = [
            "default-src 'none'", "style-src 'self'", "script-src 'self'", "img-src 'self'", "font-src 'self'",
            "connect-src 'self'", "form-action 'self' \(targets)", "base-uri 'none'", "frame-ancestors 'none'",
        ]
        var fields: [(HTTPField.Name, String)] = [
            (.contentSecurityPolicy, policy.joined(separator: "; ")),
            (.contentTypeOptions, "nosniff"),
            (.referrerPolicy, "same-origin"),
            (.openerPolicy, "same-origin"),
            (.resourcePolicy, "same-origin"),
        ]
        if publicURL.isSecure { fields.append((.strictTransportSecurity, "max-age=31536000")) }
        self.fields = fields
    }

    func handle(
        _ request: Request,
        context: WebContext,
        next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        for (name, value) in fields { response.headers[name] = value }
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
        return response
    }
}
