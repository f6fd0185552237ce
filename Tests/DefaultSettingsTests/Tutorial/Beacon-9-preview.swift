import Foundation
import OAuthDialects

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// The shop's orders at Beacon Pay.
private struct Orders: Sendable {
    let session: TokenSession

    init() throws {
        session = TokenSession(
            dialect: .beacon,
            credentials: try .environment("BEACON"),
            store: FileTokenStore()
        )
        print(try session.preview(.clientCredentials()))
    }

    func all() async throws -> Data {
        let url = URL(string: "https://api.beacon.example/v1/orders")!
        let (data, _) = try await session.data(for: URLRequest(url: url))
        return data
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

extension ProviderDialect where Self == BeaconDialect {
    /// Beacon Pay.
    fileprivate static var beacon: Self { BeaconDialect() }
}
