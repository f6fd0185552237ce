public import Foundation
public import OAuthDialects

/// WeChat: an app's token (`cgi-bin/token`) and a user's (`sns/oauth2`), each by a GET with `appid` and `secret` in the query.
///
/// Each request for an app's token ends the one before, so only one session of an app may ask for it.
///
/// Sources: https://developers.weixin.qq.com/doc/oplatform/Website_App/Launching_a_Mini_Program/getaccesstoken.html,
/// https://developers.weixin.qq.com/doc/oplatform/Website_App/WeChat_Login/Authorized_Interface_Calling_UnionID.md,
/// https://developers.weixin.qq.com/doc/service/api/webdev/access/api_snsrefreshtoken; codes beyond these from copies of the page of
/// all codes.
/// Unverified: that refusals come at status 200, as has been observed. The sign-in page wants the fragment `#wechat_redirect`,
/// which the app appends to the URL.
public struct WeChatDialect: ProviderDialect {
    public let name = "wechat"
    public let apiOrigins: APIOrigins = ["api.weixin.qq.com"]
    public let authorizationEndpoint = URL(string: "https://open.weixin.qq.com/connect/qrconnect")
    public let conventions = WireConventions {
        $0.request.bodyEncoding = .query
        $0.request.clientAuthentication = .body
        $0.request.names = [.clientID: "appid", .clientSecret: "secret"]
        $0.request.values = [.grantType: ["client_credentials": "client_credential"]]
        $0.request.omitted = [.redirectURI]
        $0.answer.extras = ["openid", "unionid"]
        $0.refusal.success = .init("errcode", 0)
        $0.refusal.codes = ["errcode"]
        $0.refusal.messages = ["errmsg"]
        let app = Remedy.fixConfiguration(hint: "Check the AppID, the AppSecret, and the list of allowed addresses.")
        $0.refusal.remedies = [
            "40029": .discardGrant, "40163": .discardGrant, "42003": .discardGrant, "40030": .discardGrant,
            "42002": .discardGrant, "42007": .discardGrant, "-1": .retryLater, "45009": .retryLater,
            "45011": .retryLater,
            "40001": app, "40013": app, "40125": app, "40164": app, "40243": app, "61004": app,
        ]
        $0.refusal.rejections = ["40001", "40014", "42001"]
        $0.tokenPlacement = .query("access_token")
        $0.scopeSeparator = ","
        $0.pkce = .unsupported
    }

    /// Creates the dialect.
    public init() {}

    public func tokenEndpoint(for grant: Grant) -> URL? {
        switch grant {
        case .clientCredentials: URL(string: "https://api.weixin.qq.com/cgi-bin/token")
        case .authorizationCode: URL(string: "https://api.weixin.qq.com/sns/oauth2/access_token")
        case .refreshToken: URL(string: "https://api.weixin.qq.com/sns/oauth2/refresh_token")
        case .other: nil
        }
    }

    /// A refresh token is presented without the secret.
    public func request(for exchange: TokenExchange) throws -> WireRequest {
        var own = conventions
        if exchange.grant.type == "refresh_token" { own.request.clientAuthentication = .publicClient }
        return try own.request(for: exchange, at: self)
    }
}
