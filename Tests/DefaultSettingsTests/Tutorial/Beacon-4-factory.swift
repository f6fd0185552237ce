import Foundation
import OAuthDialects

/// Beacon Pay.
private struct BeaconDialect: ProviderDialect {
    let name = "beacon"
    let apiOrigins: APIOrigins = ["api.beacon.example"]
    let conventions = WireConventions(bodyEncoding: .json, clientAuthentication: .body, refreshTokenRotation: .rotates)

    func tokenEndpoint(for grant: Grant) -> URL? {
        URL(string: "https://auth.beacon.example/oauth/token")
    }

    func remedy(for refusal: Refusal, of exchange: TokenExchange) -> Remedy {
        switch (refusal.status, refusal.code) {
        case (400, "REFRESH_EXPIRED"): .discardGrant
        case (403, "MERCHANT_SUSPENDED"): .fixConfiguration(hint: "Ask Beacon to reactivate the merchant.")
        default: .standard(for: refusal, of: exchange)
        }
    }
}

extension ProviderDialect where Self == BeaconDialect {
    /// Beacon Pay.
    fileprivate static var beacon: Self { BeaconDialect() }
}
