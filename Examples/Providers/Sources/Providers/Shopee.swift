public import Foundation
public import OAuthDialects

/// Shopee: JSON with numbers, no `grant_type`, and a signature in the query in place of the secret.
///
/// The credentials' id is the partner's id and their secret is the partner's key.
///
/// Sources, all in copies: https://open.shopee.com/developer-guide/16, https://open.shopee.com/developer-guide/20,
/// https://open.shopee.com/documents/v2/v2.public.get_access_token?module=104&type=1 and …/v2.public.refresh_access_token.
/// The hosts for servers in Brazil and in Mainland China, and the sandbox, are left out.
/// Unverified: the status of refusals; `invalid_acceess_token`, as it is spelled.
public struct ShopeeDialect: ProviderDialect {
    public let name = "shopee"
    public let apiOrigins: APIOrigins = ["partner.shopeemobile.com"]
    private let shop: Int
    public let conventions = WireConventions {
        $0.request.bodyEncoding = .json
        $0.request.clientAuthentication = .none
        $0.request.omitted = [.grantType, .redirectURI]
        $0.answer.names = [.expiresIn: "expire_in"]
        $0.refusal.codes = ["error"]
        $0.refusal.messages = ["message"]
        // Shopee says `error_auth` of a wrong partner too.
        $0.refusal.rejections = ["error_auth", "invalid_acceess_token"]
        $0.tokenPlacement = .query("access_token")
        $0.pkce = .unsupported
        $0.refreshTokenRotation = .rotates
    }

    /// Creates the dialect.
    ///
    /// - Parameter shop: the shop's id, from the callback.
    public init(shop: Int) { self.shop = shop }

    public func tokenEndpoint(for grant: Grant) -> URL? {
        switch grant {
        case .authorizationCode: URL(string: "https://partner.shopeemobile.com/api/v2/auth/token/get")
        case .refreshToken: URL(string: "https://partner.shopeemobile.com/api/v2/auth/access_token/get")
        case .clientCredentials, .other: nil
        }
    }

    public func request(for exchange: TokenExchange) throws -> WireRequest {
        var body: [String: Any] = ["partner_id": Int(exchange.credentials.id) ?? 0, "shop_id": shop]
        if case .authorizationCode(let code, _, _) = exchange.grant { body["code"] = code.revealed }
        if case .refreshToken(let token, _) = exchange.grant { body["refresh_token"] = token.value.revealed }
        var request = try conventions.request(for: exchange, at: self)
        request.body = .bytes(try JSONSerialization.data(withJSONObject: body, options: .sortedKeys))
        return request
    }

    /// The words of `error_auth` tell a dead refresh token from a wrong partner.
    public func remedy(for refusal: Refusal, of exchange: TokenExchange) -> Remedy {
        if refusal.status < 500, refusal.message?.contains("refresh_token") == true { return .discardGrant }
        let remedy = refusal.status < 500 ? Self.remedies[refusal.code?.replacing("common.", with: "") ?? ""] : nil
        return remedy ?? .standard(for: refusal, of: exchange)
    }

    private static let partner = Remedy.fixConfiguration(hint: "Check the partner's id and key.")
    private static let remedies: [String: Remedy] = [
        "invalid_code": .discardGrant, "error_shop_refresh_token": .discardGrant,
        "refresh_token_expired": .discardGrant,
        "shop_access_expired": .discardGrant, "shop_no_linked": .discardGrant, "shop_banned": .discardGrant,
        "error_auth": partner, "error_sign": partner, "error_param": partner, "source_ip_undeclared": partner,
        "error_partner_key_expired": partner, "error_rate_limit": .retryLater, "error_limit": .retryLater,
        "error_server": .retryLater, "error_network": .retryLater,
    ]
}

/// Signs Shopee's requests with the partner's key: HMAC-SHA256 of the path, the time, and for the API the token and the shop.
public struct ShopeeSigner: RequestSigner {
    private let shop: Int

    /// Creates the signer.
    ///
    /// - Parameter shop: the shop whose token the API requests have.
    public init(shop: Int) { self.shop = shop }

    public func signed(_ request: WireRequest, for purpose: SigningPurpose) throws -> WireRequest {
        let (client, date) = purpose.clientAndDate
        var request = request
        let time = "\(Int(date.timeIntervalSince1970))"
        var text = client.id + request.url.path() + time
        try request.add([WireField("partner_id", client.id), WireField("timestamp", time)], toQuery: true)
        if case .resource(let access) = purpose {
            text += access.token.value.revealed + "\(shop)"
            try request.add([WireField("shop_id", "\(shop)")], toQuery: true)
        }
        try request.add([WireField("sign", hexadecimalHMAC(of: text, key: client.secret))], toQuery: true)
        return request
    }
}
