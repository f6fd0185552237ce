public import Foundation
public import OAuthDialects

/// Lark and Feishu: JSON, numbers as codes, and an app's token with names of its own.
///
/// Sources: https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/authentication-management/access-token/get-user-access-token.md and
/// …/refresh-user-access-token (in copies),
/// https://open.larkoffice.com/document/ukTMukTMukTM/ukDNz4SO0MjL5QzM/auth-v3/auth/tenant_access_token_internal.md,
/// https://github.com/larksuite/cli (hosts, codes of the API).
/// Unverified: the body of an app's refusal. Feishu prefers a newer endpoint for users, which Lark does not document.
public struct LarkDialect: ProviderDialect {
    /// Which of the two brands is meant.
    public enum Brand: String, Sendable {
        /// Lark.
        case lark = "larksuite.com"
        /// Feishu.
        case feishu = "feishu.cn"
    }

    /// Whose token is asked for.
    public enum Token: Sendable {
        /// An app's (`tenant_access_token`), for a client's session.
        case app
        /// A user's.
        case user
    }

    public let name: String
    public let apiOrigins: APIOrigins
    public let authorizationEndpoint: URL?
    private let api: String
    public let conventions: WireConventions
    private let token: Token

    /// Creates the dialect.
    public init(_ brand: Brand, token: Token) {
        self.token = token
        name = brand == .lark ? "lark" : "feishu"
        api = "https://open.\(brand.rawValue)/open-apis"
        apiOrigins = APIOrigins(["open.\(brand.rawValue)"])
        authorizationEndpoint = URL(string: "https://accounts.\(brand.rawValue)/open-apis/authen/v1/authorize")
        conventions = WireConventions {
            $0.request.bodyEncoding = .json
            $0.request.clientAuthentication = .body
            if token == .app {
                $0.request.names = [.clientID: "app_id", .clientSecret: "app_secret"]
                $0.request.omitted = [.grantType, .scope]
                $0.answer.names = [.accessToken: "tenant_access_token", .expiresIn: "expire"]
            }
            $0.refusal.success = .init("code", 0)
            $0.refusal.codes = ["code"]
            let app = Remedy.fixConfiguration(hint: "Check the app's id, its secret, and its settings.")
            $0.refusal.remedies = [
                "20003": .discardGrant, "20004": .discardGrant, "20065": .discardGrant, "20024": .discardGrant,
                "20026": .discardGrant, "20037": .discardGrant, "20064": .discardGrant, "20073": .discardGrant,
                "20008": .discardGrant, "20050": .retryLater, "20072": .retryLater, "20002": app, "20009": app,
                "20048": app,
                "20063": app, "20069": app, "20070": app, "20071": app, "20074": app, "10014": app,
            ]
            $0.refusal.rejections = ["99991661", "99991663", "99991664", "99991668", "99991671", "99991677"]
            $0.refreshTokenRotation = .rotates
            $0.offlineScope = "offline_access"
        }
    }

    public func tokenEndpoint(for grant: Grant) -> URL? {
        switch (grant, token) {
        case (.clientCredentials, .app): URL(string: api + "/auth/v3/tenant_access_token/internal")
        case (.authorizationCode, .user), (.refreshToken, .user): URL(string: api + "/authen/v2/oauth/token")
        default: nil
        }
    }
}
