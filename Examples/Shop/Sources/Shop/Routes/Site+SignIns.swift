import Foundation
import Hummingbird
import OAuthDialects

extension Site {
    func addSignIns(to routes: RouterGroup<WebContext>) {
        let signIns = SignIns(store: store)
        routes.post("/connect/:provider") { _, context in
            let connection = try connection(context)
            do {
                let redirectURI = publicURL.url(of: "/callback/\(connection.name)").absoluteString
                let attempt = try await connection.session().beginSignIn(redirectURI: redirectURI)
                try await signIns.keep(attempt, of: connection.name, by: context.browser, at: now())
                return Response.redirect(to: attempt.url.absoluteString)
            } catch let error as TokenError {
                return failed(error, connection, context)
            }
        }
        routes.get("/callback/:provider") { request, context in
            // A HEAD would use the callback up.
            guard request.method == .get else { return Response(status: .methodNotAllowed, headers: [.allow: "GET"]) }
            let connection = try connection(context)
            let callback = try callback(request)
            let attempt = try await signIns.take(
                for: callback,
                of: connection.name,
                by: context.browser,
                at: now()
            )
            do {
                try await connection.session().finishSignIn(attempt, callback: callback)
                return Response.redirect(to: Self.path(connection, .connected))
            } catch let error as TokenError {
                return failed(error, connection, context)
            }
        }
    }

    /// The URL that the browser requested, as it sees it.
    private func callback(_ request: Request) throws -> URL {
        guard let url = URL(string: publicURL.origin + request.uri.string) else { throw Problem.unreadable }
        return url
    }

    private func failed(_ error: TokenError, _ connection: Connection, _ context: WebContext) -> Response {
        context.logger.warning("Sign-in failed", metadata: ["provider": "\(connection.name)", "cause": "\(error)"])
        return Response.redirect(to: Self.path(connection, MerchantNotice(error)))
    }
}
