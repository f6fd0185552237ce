public import Foundation
public import OAuthDialects

/// Mailchimp's Marketing API: codes alone, no scopes, and tokens that don't expire although `expires_in` is 0.
///
/// Sources: https://mailchimp.com/developer/marketing/guides/access-user-data-oauth-2/,
/// https://github.com/mailchimp/OAuth2-sample-apps.
/// Unverified: the token answer beside `access_token`; every refusal of the token endpoint, read as RFC 6749 has it.
public struct MailchimpDialect: ProviderDialect {
    public let name = "mailchimp"
    public let apiOrigins: APIOrigins
    public let authorizationEndpoint = URL(string: "https://login.mailchimp.com/oauth2/authorize")
    public let conventions = WireConventions {
        $0.request.clientAuthentication = .body
        $0.answer.zeroIsUnlimited = true
        $0.pkce = .unsupported
    }

    /// Creates the dialect.
    ///
    /// - Parameter dataCenter: the account's, such as `us1`, for the older hosts.
    public init(dataCenter: String? = nil) {
        apiOrigins = APIOrigins(["api.mailchimp.com"] + (dataCenter.map { ["\($0).api.mailchimp.com"] } ?? []))
    }

    public func tokenEndpoint(for grant: Grant) -> URL? {
        grant.type == "authorization_code" ? URL(string: "https://login.mailchimp.com/oauth2/token") : nil
    }
}
