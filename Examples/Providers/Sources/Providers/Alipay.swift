import CryptoExtras
public import Foundation
public import OAuthDialects

/// Alipay: one gateway for everything, answers in a container, and a signature by RSA in place of a secret.
///
/// A sign-in comes back with `auth_code`, so the app sends the browser and presents the code itself:
/// `signIn(with: .authorizationCode(…))`.
///
/// Sources: https://github.com/alipay/alipay-sdk-nodejs-all, https://github.com/alipay/alipay-sdk-java-all,
/// https://docs.antom.com/ac/solution_api/oauth_token, https://open.alitrip.com/docs/doc.htm?articleId=105806&docType=1&treeId=262.
/// Unverified: the time zone of `timestamp`. Alipay signs its answers too; that signature is not checked here.
public struct AlipayDialect: ProviderDialect {
    public let name = "alipay"
    public let apiOrigins: APIOrigins
    private let gatewayEndpoint: URL?
    public let conventions = WireConventions {
        $0.request.clientAuthentication = .publicClient
        $0.request.names = [.clientID: "app_id"]
        $0.request.omitted = [.redirectURI]
        $0.request.added = [WireField("method", "alipay.system.oauth.token")]
        $0.answer.containers = ["alipay_system_oauth_token_response"]
        $0.answer.names = [.refreshTokenExpiresIn: "re_expires_in"]
        $0.answer.extras = ["user_id", "open_id", "union_id", "auth_token_type"]
        let places = ["error_response", "alipay_system_oauth_token_response", "alipay_user_info_share_response"]
        $0.refusal.codes = places.map { $0 + ".sub_code" } + places.map { $0 + ".code" }
        $0.refusal.messages = places.map { $0 + ".sub_msg" }
        let app = Remedy.fixConfiguration(hint: "Check the app's id, its key, and that they belong to this gateway.")
        $0.refusal.remedies = [
            "isv.code-invalid": .discardGrant, "isv.refresh-token-invalid": .discardGrant,
            "isv.refresh-token-time-out": .discardGrant, "isp.unknow-error": .retryLater,
            "aop.unknow-error": .retryLater,
            "20000": .retryLater, "40005": .retryLater, "isv.app-call-limited": .retryLater, "isv.invalid-app-id": app,
            "isv.invalid-signature": app, "isv.missing-signature": app, "isv.grant-type-invalid": app,
            "isv.unmatched-app-id": app, "40006": app,
        ]
        $0.refusal.rejections = ["20001", "aop.invalid-auth-token", "aop.auth-token-time-out"]
        $0.tokenPlacement = .query("auth_token")
        $0.pkce = .unsupported
        $0.refreshTokenRotation = .rotates
    }

    /// Creates the dialect.
    ///
    /// - Parameter isSandbox: whether requests go to the sandbox.
    public init(isSandbox: Bool = false) {
        let host = isSandbox ? "openapi-sandbox.dl.alipaydev.com" : "openapi.alipay.com"
        apiOrigins = APIOrigins([host])
        gatewayEndpoint = URL(string: "https://\(host)/gateway.do")
    }

    public func tokenEndpoint(for grant: Grant) -> URL? {
        ["authorization_code", "refresh_token"].contains(grant.type) ? gatewayEndpoint : nil
    }
}

/// Signs Alipay's requests (RSA2): all parameters in the order of their names, with SHA-256 and the app's key.
public struct AlipaySigner: RequestSigner {
    private let key: _RSA.Signing.PrivateKey

    /// Creates the signer.
    ///
    /// - Parameter pem: the app's private key.
    /// - Throws: an error of `CryptoExtras` if it is none.
    public init(pem: Secret) throws { key = try _RSA.Signing.PrivateKey(pemRepresentation: pem.revealed) }

    public func signed(_ request: WireRequest, for purpose: SigningPurpose) throws -> WireRequest {
        let (client, date) = purpose.clientAndDate
        var request = request
        let isNamed = (try WireField.all(in: request)).contains { $0.name == "app_id" }
        if !isNamed { try request.add([WireField("app_id", client.id)], toQuery: true) }
        let time = date.formatted(
            .verbatim(Self.format, timeZone: Self.china, calendar: Calendar(identifier: .gregorian))
        )
        let fields = [("charset", "utf-8"), ("sign_type", "RSA2"), ("timestamp", time), ("version", "1.0")]
        try request.add(fields.map { WireField($0.0, $0.1) }, toQuery: true)
        let signed = try WireField.all(in: request).filter { !$0.value.revealed.isEmpty }
        let text = signed.sorted(joining: "=", separator: "&")
        let signature = try key.signature(for: Data(text.utf8), padding: .insecurePKCS1v1_5)
        try request.add([WireField("sign", signature.rawRepresentation.base64EncodedString())], toQuery: true)
        return request
    }

    private static let china = TimeZone(secondsFromGMT: 8 * 3600) ?? .gmt
    private static let format: Date.FormatString = """
        \(year: .padded(4))-\(month: .twoDigits)-\(day: .twoDigits) \(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\
        \(minute: .twoDigits):\(second: .twoDigits)
        """
}
