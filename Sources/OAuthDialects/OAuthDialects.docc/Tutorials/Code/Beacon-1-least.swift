import Foundation
import OAuthDialects

/// Beacon Pay.
struct BeaconDialect: ProviderDialect {
    let name = "beacon"
    let apiOrigins: APIOrigins = ["api.beacon.example"]

    func tokenEndpoint(for grant: Grant) -> URL? {
        URL(string: "https://auth.beacon.example/oauth/token")
    }
}
