public import Foundation
public import OAuthDialects

/// Lazada: no `grant_type`, an endpoint for each grant, and a signature in place of the secret.
///
/// Sources: https://open.lazada.com/apps/doc/doc?nodeId=10533&docId=108260 and
/// https://open.lazada.com/apps/doc/api?path=%2Fauth%2Ftoken%2Fcreate (in copies),
/// https://open.alitrip.com/docs/doc.htm?articleId=108068&docType=1&treeId=499 (the signature), …articleId=108069 (an example).
/// Unverified: the status of refusals; the codes that say to try later.
public struct LazadaDialect: ProviderDialect {
    public let name = "lazada"
    public let apiOrigins: APIOrigins = [
        "api.lazada.sg", "api.lazada.com.my", "api.lazada.vn", "api.lazada.co.th", "api.lazada.com.ph",
        "api.lazada.co.id",
    ]
    public let authorizationEndpoint = URL(string: "https://auth.lazada.com/oauth/authorize?force_auth=true")
    public let conventions = WireConventions {
        $0.request.bodyEncoding = .query
        $0.request.clientAuthentication = .none
        $0.request.omitted = [.grantType, .redirectURI]
        $0.answer.names = [.refreshTokenExpiresIn: "refresh_expires_in"]
        $0.answer.extras = ["country", "account", "account_platform", "account_id"]
        $0.refusal.success = .init("code", 0)
        $0.refusal.codes = ["code"]
        $0.refusal.messages = ["message"]
        let app = Remedy.fixConfiguration(hint: "Check the app's key and secret, and this machine's clock.")
        $0.refusal.remedies = [
            "InvalidCode": .discardGrant, "IllegalRefreshToken": .discardGrant, "AUTH_TYPE_UNSUPPORTED": .discardGrant,
            "MissingParameter": app, "IncompleteSignature": app, "ApiCallLimit": .retryLater,
            "AppApiCallLimit": .retryLater, "SellerCallLimit": .retryLater, "ServiceTimeout": .retryLater,
        ]
        $0.refusal.rejections = ["IllegalAccessToken"]
        $0.tokenPlacement = .query("access_token")
        $0.pkce = .unsupported
    }

    /// Creates the dialect.
    public init() {}

    public func tokenEndpoint(for grant: Grant) -> URL? {
        switch grant {
        case .authorizationCode: URL(string: "https://auth.lazada.com/rest/auth/token/create")
        case .refreshToken: URL(string: "https://auth.lazada.com/rest/auth/token/refresh")
        case .clientCredentials, .other: nil
        }
    }
}

/// Signs Lazada's requests with the app's secret: HMAC-SHA256 of the path and of the parameters in order.
public struct LazadaSigner: RequestSigner {
    /// Creates the signer.
    public init() {}

    public func signed(_ request: WireRequest, for purpose: SigningPurpose) throws -> WireRequest {
        let (client, date) = purpose.clientAndDate
        var request = request
        let milliseconds = Int((date.timeIntervalSince1970 * 1000).rounded())
        let time = WireField("timestamp", "\(milliseconds)")
        try request.add([WireField("app_key", client.id), time, WireField("sign_method", "sha256")], toQuery: true)
        let path = request.url.path().replacing("/rest", with: "", maxReplacements: 1)
        let text = path + (try WireField.all(in: request)).sorted()
        try request.add([WireField("sign", hexadecimalHMAC(of: text, key: client.secret).uppercased())], toQuery: true)
        return request
    }
}
