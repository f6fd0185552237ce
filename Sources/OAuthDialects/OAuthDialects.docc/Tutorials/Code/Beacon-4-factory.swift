import Foundation
import OAuthDialects

/// Beacon Pay.
struct BeaconDialect: ProviderDialect {
    let name = "beacon"
    let apiOrigins: APIOrigins = ["api.beacon.example"]
    let conventions = WireConventions {
        $0.request.bodyEncoding = .json
        $0.request.clientAuthentication = .body
        $0.refreshTokenRotation = .rotates
        $0.refusal.remedies = [
            "REFRESH_EXPIRED": .discardGrant,
            "MERCHANT_SUSPENDED": .fixConfiguration(hint: "Ask Beacon to reactivate the merchant."),
        ]
    }

    func tokenEndpoint(for grant: Grant) -> URL? {
        URL(string: "https://auth.beacon.example/oauth/token")
    }
}

extension ProviderDialect where Self == BeaconDialect {
    /// Beacon Pay.
    static var beacon: Self { BeaconDialect() }
}
