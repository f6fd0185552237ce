public import Foundation
public import OAuthDialects

/// TikTok, which calls a client's id its key; source: *Client* and *User Access Token Management*, *Login Kit for Web*.
public struct TikTokDialect: ProviderDialect {
    public let name = "tiktok"
    public let apiOrigins: APIOrigins = ["open.tiktokapis.com"]
    public let authorizationEndpoint = URL(string: "https://www.tiktok.com/v2/auth/authorize/")
    public let conventions = WireConventions(
        fieldNames: ["client_id": "client_key"],
        clientAuthentication: .body,
        scopeSeparator: ",",
        answerFields: ["open_id", "refresh_expires_in"],
        refreshTokenRotation: .rotates,
        // Its web flow has none, and what its apps send is not RFC 7636's.
        pkce: .unsupported
    )

    public init() {}

    public func tokenEndpoint(for grant: Grant) -> URL? {
        if case .other = grant { nil } else { URL(string: "https://open.tiktokapis.com/v2/oauth/token/") }
    }

    public func tokens(in response: WireResponse, for exchange: TokenExchange) throws -> TokenSet {
        var tokens = try conventions.tokens(in: response)
        let seconds = (try? JSONDecoder().decode(Lifetime.self, from: response.body))?.seconds
        tokens.refreshTokenLifetime = seconds.map { .seconds(min(max($0, 0), 3_000_000_000)) }
        return tokens
    }

    private struct Lifetime: Decodable {
        let seconds: Int64?
        enum CodingKeys: String, CodingKey { case seconds = "refresh_expires_in" }
    }
}
