import Foundation
import OAuthDialects

/// Beacon Pay.
private struct BeaconDialect: ProviderDialect {
    let name = "beacon"
    let audience = Audience(hosts: ["api.beacon.example"])
    let conventions = WireConventions(body: .json, client: .body, refreshTokens: .rotating)

    func tokenEndpoint(for grant: Grant) -> URL? {
        URL(string: "https://auth.beacon.example/oauth/token")
    }
}
