public import Foundation
public import OAuthDialects

/// Weibo: `Authorization: OAuth2 …`, lifetimes as texts, and numbers as codes.
///
/// Sources: https://open.weibo.com/wiki/OAuth2/access_token; the codes from copies of https://open.weibo.com/wiki/Error_code and of
/// https://open.weibo.com/wiki/授权机制说明.
/// Unverified: that the token endpoint takes a form's body, as many clients send it; the status of refusals. Only apps with Weibo's
/// own SDK get refresh tokens, which this dialect leaves out.
public struct WeiboDialect: ProviderDialect {
    public let name = "weibo"
    public let apiOrigins: APIOrigins = ["api.weibo.com"]
    public let authorizationEndpoint = URL(string: "https://api.weibo.com/oauth2/authorize")
    public let conventions = WireConventions {
        $0.request.clientAuthentication = .body
        $0.answer.extras = ["uid"]
        $0.refusal.codes = ["error_code"]
        let app = Remedy.fixConfiguration(hint: "Check the AppKey, the AppSecret, and the registered redirect URI.")
        $0.refusal.remedies = [
            "21325": .discardGrant, "21327": .discardGrant, "21330": .discardGrant, "21331": .retryLater,
            "21322": app, "21323": app, "21324": app, "21326": app, "21328": app, "21337": app,
        ]
        $0.refusal.rejections = ["21314", "21315", "21316", "21317", "21319", "21327", "21332", "21501"]
        $0.tokenPlacement = .header("Authorization", scheme: "OAuth2")
        $0.scopeSeparator = ","
        $0.pkce = .unsupported
    }

    /// Creates the dialect.
    public init() {}

    public func tokenEndpoint(for grant: Grant) -> URL? {
        grant.type == "authorization_code" ? URL(string: "https://api.weibo.com/oauth2/access_token") : nil
    }
}
