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
