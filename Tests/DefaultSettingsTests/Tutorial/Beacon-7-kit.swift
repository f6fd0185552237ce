import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

private struct BeaconConformance {
    @Test func kit() async {
        let report = await conformance(of: BeaconDialect())
        #expect(report.passes, "\(report)")
    }

    @Test func orders() async throws {
        let sandbox = ProviderSandbox(.speaking(BeaconDialect()))
        sandbox.stub("GET", "/v1/orders", json: #"{"orders":[]}"#)
        let session = sandbox.session()
        let request = URLRequest(url: sandbox.url("/v1/orders"))
        _ = try await session.data(for: request)
        sandbox.revokeAccessTokens()
        _ = try await session.data(for: request)
        #expect(sandbox.counters.tokenRequests == 2)
        #expect(sandbox.complaints == [])
    }
}

/// Beacon Pay.
private struct BeaconDialect: ProviderDialect {
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
