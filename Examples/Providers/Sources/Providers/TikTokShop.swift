public import Foundation
public import OAuthDialects

/// TikTok Shop: a GET with its secrets in the query, names of its own, and dates of expiry that are called lifetimes.
///
/// Sources: https://partner.tiktokshop.com/docv2/page/authorization-overview-202407 and …/common-errors, in copies.
/// Sellers in the US sign in at a host of their own, which is left out.
/// Unverified: code 36004005; the status of refusals; whether a refresh token can be used again.
public struct TikTokShopDialect: ProviderDialect {
    public let name = "tiktok-shop"
    public let apiOrigins: APIOrigins = ["open-api.tiktokglobalshop.com"]
    public let authorizationEndpoint: URL?
    public let conventions = WireConventions {
        $0.request.bodyEncoding = .query
        $0.request.clientAuthentication = .body
        $0.request.names = [.clientID: "app_key", .clientSecret: "app_secret", .code: "auth_code"]
        $0.request.values = [.grantType: ["authorization_code": "authorized_code"]]
        $0.request.omitted = [.redirectURI]
        $0.answer.containers = ["data"]
        $0.answer.names = [
            .expiresAt: "access_token_expire_in", .refreshTokenExpiresAt: "refresh_token_expire_in",
            .scope: "granted_scopes",
        ]
        $0.answer.extras = ["open_id", "seller_name", "seller_base_region", "user_type"]
        $0.refusal.success = .init("code", 0)
        $0.refusal.codes = ["code"]
        $0.refusal.messages = ["message"]
        $0.refusal.remedies = ["36004004": .discardGrant, "36004005": .discardGrant]
        $0.refusal.rejections = ["105002"]
        $0.tokenPlacement = .header("x-tts-access-token")
        $0.pkce = .unsupported
    }

    /// Creates the dialect.
    ///
    /// - Parameter serviceID: what the sign-in names the app by.
    public init(serviceID: String) {
        authorizationEndpoint = URL(string: "https://services.tiktokshop.com/open/authorize?service_id=\(serviceID)")
    }

    public func tokenEndpoint(for grant: Grant) -> URL? {
        switch grant {
        case .authorizationCode: URL(string: "https://auth.tiktok-shops.com/api/v2/token/get")
        case .refreshToken: URL(string: "https://auth.tiktok-shops.com/api/v2/token/refresh")
        case .clientCredentials, .other: nil
        }
    }
}

/// Signs TikTok Shop's API requests with the app's secret; its token requests carry the secret itself.
///
/// Source: https://partner.tiktokshop.com/docv2/page/sign-your-api-request, in a copy.
public struct TikTokShopSigner: RequestSigner {
    /// Creates the signer.
    public init() {}

    public func signed(_ request: WireRequest, for purpose: SigningPurpose) throws -> WireRequest {
        guard case .resource(let access) = purpose, let secret = access.credentials.secret else { return request }
        var request = request
        let time = "\(Int(access.date.timeIntervalSince1970))"
        try request.add([WireField("app_key", access.credentials.id), WireField("timestamp", time)], toQuery: true)
        let isForm = request.headers["Content-Type"]?.hasPrefix("multipart/form-data") == true
        let body = isForm ? "" : String(decoding: request.body?.data ?? Data(), as: UTF8.self)
        let text = request.url.path() + (try WireField.all(in: WireRequest("GET", request.url))).sorted() + body
        let sign = hexadecimalHMAC(of: secret.revealed + text + secret.revealed, key: secret)
        try request.add([WireField("sign", sign)], toQuery: true)
        return request
    }
}
