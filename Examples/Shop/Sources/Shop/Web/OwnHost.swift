import Hummingbird

/// Refuses requests for another host, and forms that another site's page sent.
///
/// The host check keeps another site's name from being pointed at the shop (DNS rebinding).
struct OwnHost: RouterMiddleware {
    let publicURL: PublicURL

    func handle(
        _ request: Request,
        context: WebContext,
        next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        guard let origin = publicURL.origin(of: request.head.authority) else { throw Problem.otherHost }
        if request.method == .get, request.headers[.secFetchMode] == "navigate",
            publicURL.isAlias(request.head.authority)
        {
            return .redirect(to: publicURL.origin + request.uri.string, type: .temporary)
        }
        let changesNothing = [.get, .head].contains(request.method)
        guard changesNothing || Self.isOwn(request, origin) else { throw Problem.otherOrigin }
        return try await next(request, context)
    }

    /// Every current browser sends `Origin` with a form; `Sec-Fetch-Site` helps where a proxy dropped it.
    private static func isOwn(_ request: Request, _ origin: String) -> Bool {
        if let sender = request.headers[.origin] { return sender == origin }
        return request.headers[.secFetchSite] == "same-origin"
    }
}
