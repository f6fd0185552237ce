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
