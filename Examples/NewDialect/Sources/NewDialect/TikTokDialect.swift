public import Foundation
public import OAuthDialects

/// TikTok, which calls a client's id its key; source: *Client* and *User Access Token Management*, *Login Kit for Web*.
public struct TikTokDialect: ProviderDialect {
    public let name = "tiktok"
    public let apiOrigins: APIOrigins = ["open.tiktokapis.com"]
    public let authorizationEndpoint = URL(string: signIn)
    public let conventions = WireConventions(
        clientAuthentication: .body,
        scopeSeparator: ",",
        answerFields: ["open_id", "refresh_expires_in"],
        refreshTokenRotation: .rotates,
        // Its web flow has none, and what its apps send is not RFC 7636's.
        pkce: .unsupported
    )

    private static let signIn = "https://www.tiktok.com/v2/auth/authorize/"

    public init() {}

    public func tokenEndpoint(for grant: Grant) -> URL? {
        if case .other = grant { nil } else { URL(string: "https://open.tiktokapis.com/v2/oauth/token/") }
    }

    public func request(for exchange: TokenExchange) throws -> WireRequest {
        guard let endpoint = tokenEndpoint(for: exchange.grant) else { throw TokenError(.unsupportedGrant, "None.") }
        var request = try conventions.request(for: exchange, to: endpoint)
        if case .form(let fields) = request.body { request.body = .form(fields.map(keyed)) }
        return request
    }

    public func authorizationURL(for request: AuthorizationRequest) throws -> URL {
        let url = try conventions.authorizationURL(for: request, at: URL(string: Self.signIn)!)
        var components = URLComponents(url: url, resolvingAgainstBaseURL: true)
        let items = components?.percentEncodedQueryItems?.map {
            $0.name == "client_id" ? URLQueryItem(name: "client_key", value: $0.value) : $0
        }
        components?.percentEncodedQueryItems = items
        return components?.url ?? url
    }

    public func tokens(in response: WireResponse, for exchange: TokenExchange) throws -> TokenSet {
        var tokens = try conventions.tokens(in: response)
        let seconds = (try? JSONDecoder().decode(Lifetime.self, from: response.body))?.seconds
        tokens.refreshTokenLifetime = seconds.map { .seconds(min(max($0, 0), 3_000_000_000)) }
        return tokens
    }

    private func keyed(_ field: WireField) -> WireField {
        field.name == "client_id" ? WireField("client_key", field.value.revealed) : field
    }

    private struct Lifetime: Decodable {
        let seconds: Int64?
        enum CodingKeys: String, CodingKey { case seconds = "refresh_expires_in" }
    }
}
