public import Foundation
public import OAuthDialects

/// Mollie Connect: raw Basic, refresh tokens that can be used again, and tokens that a DELETE revokes.
///
/// Sources: https://docs.mollie.com/reference/oauth-generate-tokens, https://github.com/mollie/api-documentation.
/// Unverified: every refusal of the token endpoint, read as RFC 6749 has it; that a DELETE's form is read (users report that JSON is).
public struct MollieDialect: ProviderDialect {
    public let name = "mollie"
    public let apiOrigins: APIOrigins = ["api.mollie.com"]
    public let authorizationEndpoint = URL(string: "https://my.mollie.com/oauth2/authorize")
    public let revocationEndpoint = URL(string: "https://api.mollie.com/oauth2/tokens")
    public let conventions: WireConventions

    /// Creates the dialect.
    ///
    /// - Parameter redirectURI: the one of the sign-in, which Mollie wants again with a refresh token.
    public init(redirectURI: String? = nil) {
        conventions = WireConventions {
            $0.request.clientAuthentication = .basic
            if let redirectURI {
                $0.request.omitted = [.redirectURI]
                $0.request.added = [WireField("redirect_uri", redirectURI)]
            }
            $0.pkce = .unsupported
            $0.refreshTokenRotation = .reusable
        }
    }

    public func tokenEndpoint(for grant: Grant) -> URL? {
        ["authorization_code", "refresh_token"].contains(grant.type) ? revocationEndpoint : nil
    }

    public func revocationRequest(for tokens: TokenSet, by client: ClientCredentials) -> WireRequest? {
        let kind = tokens.refreshToken == nil ? "access_token" : "refresh_token"
        let token = tokens.refreshToken?.value ?? tokens.accessToken
        let basic = "Basic " + Data("\(client.id):\(client.secret?.revealed ?? "")".utf8).base64EncodedString()
        let fields = [WireField("token", secret: token), WireField("token_type_hint", kind)]
        return revocationEndpoint.map {
            WireRequest("DELETE", $0, headers: ["Authorization": basic], body: .form(fields))
        }
    }
}
