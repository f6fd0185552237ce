internal import Foundation
internal import OAuthDialects

extension ProviderSandbox {
    /// Adds an API route that answers requests with a valid token with JSON.
    ///
    /// A `*` in the path stands for one component: `/v3/orders/*`.
    public func stub(_ method: String, _ path: String, status: Int = 200, json: String) {
        stub(method, path) { _ in
            WireResponse(
                status: status,
                headers: ["Content-Type": "application/json"],
                body: .init(json.utf8)
            )
        }
    }

    /// Adds an API route for requests with a valid token, replacing an earlier route for the same path.
    ///
    /// - Parameters:
    ///   - method: the method.
    ///   - path: the path, percent-encoded as in a request. A `*` stands for one component that is not empty, such as in
    ///     `/v3/orders/*`; a route with exactly the request's path precedes one with a `*`.
    ///   - handler: answers a request.
    public func stub(_ method: String, _ path: String, _ handler: @escaping SandboxHandler) {
        state.change { $0.routes.append(SandboxRoute(method: method, path: path, handler: handler)) }
    }
}
