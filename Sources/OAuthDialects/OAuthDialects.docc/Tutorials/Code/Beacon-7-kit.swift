import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

struct BeaconConformance {
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
