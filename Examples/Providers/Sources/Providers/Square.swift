public import Foundation
public import OAuthDialects

/// Square: JSON, a date of expiry in place of a lifetime, and 401 for wrong clients and dead grants alike.
///
/// Sources: https://github.com/square/connect-api-specification (Square-Version 2025-08-20),
/// https://developer.squareup.com/reference/square/oauth-api/obtain-token.
/// Unverified: the words of a refusal for a dead code or refresh token.
public struct SquareDialect: ProviderDialect {
    public let name = "square"
    public let apiOrigins: APIOrigins
    private let root: String
    public let conventions = WireConventions {
        $0.request.bodyEncoding = .json
        $0.request.clientAuthentication = .body
        $0.answer.extras = ["merchant_id", "short_lived"]
        $0.refusal.codes = ["errors[].code", "type"]
        $0.refusal.messages = ["errors[].detail", "message"]
        $0.pkce = .unsupported
        $0.refreshTokenRotation = .reusable
    }

    /// Creates the dialect.
    ///
    /// - Parameter isSandbox: whether requests go to the sandbox.
    public init(isSandbox: Bool = false) {
        root = isSandbox ? "https://connect.squareupsandbox.com" : "https://connect.squareup.com"
        apiOrigins = APIOrigins([root])
    }

    public var authorizationEndpoint: URL? { URL(string: root + "/oauth2/authorize") }
    public var revocationEndpoint: URL? { URL(string: root + "/oauth2/revoke") }

    public func tokenEndpoint(for grant: Grant) -> URL? {
        ["authorization_code", "refresh_token"].contains(grant.type) ? URL(string: root + "/oauth2/token") : nil
    }

    /// The words alone tell a dead grant from a client that Square does not know.
    public func remedy(for refusal: Refusal, of exchange: TokenExchange) -> Remedy {
        guard refusal.status == 401 else { return .standard(for: refusal, of: exchange) }
        let words = refusal.message?.lowercased() ?? ""
        if ["refresh token", "authorization code"].contains(where: words.contains) { return .discardGrant }
        return refusal.foldedCode == "servicenotauthorized"
            ? .fixConfiguration(hint: "Check the application's id and secret, and the environment.")
            : .standard(for: refusal, of: exchange)
    }

    /// Ends all of the seller's tokens for the application.
    public func revocationRequest(for tokens: TokenSet, by client: ClientCredentials) -> WireRequest? {
        let fields = [WireField("access_token", secret: tokens.accessToken), WireField("client_id", client.id)]
        let headers: WireHeaders = ["Authorization": "Client \(client.secret?.revealed ?? "")"]
        return revocationEndpoint.map { WireRequest("POST", $0, headers: headers, body: .json(fields)) }
    }
}
