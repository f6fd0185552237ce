public import Foundation
public import OAuthDialects

/// QuickBooks Online: raw Basic, rotating refresh tokens, and their lifetime under a name of its own.
///
/// The company's id, `realmId`, is a parameter of the callback, which the app keeps.
///
/// Sources: https://github.com/intuit/oauth-jsclient (requests, answers, codes),
/// https://developer.intuit.com/app/developer/qbo/docs/develop/authentication-and-authorization/oauth-2.0.
public struct QuickBooksDialect: ProviderDialect {
    public let name = "quickbooks"
    public let apiOrigins: APIOrigins
    public let authorizationEndpoint = URL(string: "https://appcenter.intuit.com/connect/oauth2")
    public let conventions = WireConventions {
        $0.request.clientAuthentication = .basic
        $0.answer.names = [.refreshTokenExpiresIn: "x_refresh_token_expires_in"]
        $0.pkce = .unsupported
        $0.refreshTokenRotation = .rotates
    }

    /// Creates the dialect.
    ///
    /// - Parameter isSandbox: whether the API is the sandbox's; the token endpoint is the same.
    public init(isSandbox: Bool = false) {
        apiOrigins = isSandbox ? ["sandbox-quickbooks.api.intuit.com"] : ["quickbooks.api.intuit.com"]
    }

    public func tokenEndpoint(for grant: Grant) -> URL? {
        ["authorization_code", "refresh_token"].contains(grant.type)
            ? URL(string: "https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer") : nil
    }
}
