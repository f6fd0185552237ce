public import Foundation
public import OAuthDialects

/// Kopi, the rewards program of this shop's own: JSON, names of its own, tokens inside `data` and in a header of their own.
///
/// It knows the client grant alone: `POST /v1/token` answers `{"data":{"token":"…","valid_for":60}}`, or `{"problem":"…"}`.
public struct KopiDialect: ProviderDialect {
    public let name = "kopi"
    public let apiOrigins: APIOrigins
    public let conventions = WireConventions {
        $0.request.bodyEncoding = .json
        $0.request.clientAuthentication = .body
        $0.request.names = [.clientID: "app_id", .clientSecret: "app_secret"]
        $0.answer.containers = ["data"]
        $0.answer.names = [.accessToken: "token", .expiresIn: "valid_for"]
        $0.tokenPlacement = .header("X-Kopi-Token")
        $0.refusal.codes = ["problem"]
        $0.refusal.remedies = ["unknown_app": .fixConfiguration(hint: "Check the app's id and secret at Kopi.")]
        $0.refusal.rejections = ["token_expired"]
    }
    private let root: URL

    /// Creates the dialect for a server's root.
    public init(root: URL) {
        self.root = root
        let port = root.port.map { ":\($0)" } ?? ""
        apiOrigins = APIOrigins(["\(root.scheme ?? "https")://\(root.host ?? "")\(port)"])
    }

    public func tokenEndpoint(for grant: Grant) -> URL? {
        guard case .clientCredentials = grant else { return nil }
        return root.appending(path: "v1/token", directoryHint: .notDirectory)
    }
}
