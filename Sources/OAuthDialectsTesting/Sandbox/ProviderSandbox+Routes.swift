internal import Foundation
internal import OAuthDialects

extension ProviderSandbox {
    /// Adds a route of the app's own, which answers with JSON and only to a good token.
    public func stub(_ method: String, _ path: String, status: Int = 200, json: String) {
        stub(method, path) { _ in
            WireResponse(
                status: status,
                headers: ["Content-Type": "application/json"],
                body: .init(json.utf8)
            )
        }
    }

    /// Adds a route of the app's own, which a function answers and only to a good token; the last one added for a path wins.
    public func stub(_ method: String, _ path: String, _ handler: @escaping SandboxHandler) {
        state.change { $0.routes.append(SandboxRoute(method: method, path: path, handler: handler)) }
    }
}
