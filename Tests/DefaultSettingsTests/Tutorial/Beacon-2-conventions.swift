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
}
