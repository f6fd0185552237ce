import Foundation
import OAuthDialects
import Testing

private struct BeaconTests {
    let exchange = TokenExchange(
        grant: .clientCredentials(),
        credentials: ClientCredentials(id: "shop", secret: "s3cret"),
        date: Date()
    )

    @Test func request() throws {
        let request = try BeaconDialect().request(for: exchange)
        #expect(request.method == "POST")
        #expect(request.url.absoluteString == "https://auth.beacon.example/oauth/token")
        #expect(
            String(decoding: request.body?.data ?? Data(), as: UTF8.self)
                == #"{"grant_type":"client_credentials","client_id":"shop","client_secret":"s3cret"}"#
        )
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
