public import Foundation
public import OAuthDialects

/// plentymarkets (PlentyONE): a login with a user's name and password in place of a client's, on the shop's own host.
///
/// The credentials' id is the user's name and the secret is the password. Each login may take a place that the contract counts.
///
/// Sources: https://developers.plentymarkets.com/en-gb/developers/main/rest-api-guides/getting-started.html,
/// https://github.com/plentymarkets/api-doc.
/// Unverified: the refusal of a wrong password; the body of `/rest/login/refresh`, which is why it is not used.
public struct PlentymarketsDialect: ProviderDialect {
    /// One for each shop: a user may have the same name in another one.
    public let name: String
    public let apiOrigins: APIOrigins
    private let loginEndpoint: URL?
    public let conventions = WireConventions {
        $0.request.bodyEncoding = .json
        $0.request.clientAuthentication = .body
        $0.request.names = [.clientID: "username", .clientSecret: "password"]
        $0.request.omitted = [.grantType]
    }

    /// Creates the dialect.
    ///
    /// - Parameter host: the shop's, such as `myplentyshop.com`.
    public init(host: String) {
        name = "plentymarkets-" + host.lowercased().replacing(".", with: "-")
        apiOrigins = APIOrigins([host])
        loginEndpoint = URL(string: "https://\(host)/rest/login")
    }

    public func tokenEndpoint(for grant: Grant) -> URL? {
        grant.type == "client_credentials" ? loginEndpoint : nil
    }
}
