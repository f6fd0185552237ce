public import Foundation
public import OAuthDialects

/// Checkout.com: client credentials alone; a wrong client is refused with 400 in place of 401.
///
/// Sources: https://www.checkout.com/docs/resources/api-authentication/oauth-2-0-client-credentials,
/// https://github.com/checkout/checkout-sdk-node.
/// Unverified: the status of a token answer. An account's own hosts (its prefix before `api` and `access`) are left out.
public struct CheckoutComDialect: ProviderDialect {
    public let name = "checkout-com"
    public let apiOrigins: APIOrigins
    private let exchangeEndpoint: URL?
    public let conventions = WireConventions { $0.request.clientAuthentication = .body }

    /// Creates the dialect.
    ///
    /// - Parameter isSandbox: whether requests go to the sandbox.
    public init(isSandbox: Bool = false) {
        let domain = isSandbox ? "sandbox.checkout.com" : "checkout.com"
        apiOrigins = APIOrigins(["api.\(domain)"])
        exchangeEndpoint = URL(string: "https://access.\(domain)/connect/token")
    }

    public func tokenEndpoint(for grant: Grant) -> URL? {
        grant.type == "client_credentials" ? exchangeEndpoint : nil
    }
}
