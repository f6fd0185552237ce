public import Foundation
public import OAuthDialects

/// PayPal's REST APIs, whose *Authentication* page has a client authenticate again when its token ends.
public struct PayPalDialect: ProviderDialect {
    public let name = "paypal"
    public let apiOrigins: APIOrigins = ["api-m.sandbox.paypal.com"]
    public let conventions = WireConventions(clientAuthentication: .basic, answerFields: ["app_id", "nonce"])

    public init() {}
    public func tokenEndpoint(for grant: Grant) -> URL? {
        grant.type == "client_credentials" ? URL(string: "https://api-m.sandbox.paypal.com/v1/oauth2/token") : nil
    }
}
