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

    @Test func answer() throws {
        let body = #"{"access_token":"b-1","token_type":"Bearer","expires_in":3600,"refresh_token":"r-1"}"#
        let response = WireResponse(status: 200, body: Data(body.utf8))
        #expect(BeaconDialect().refusal(in: response) == nil)
        let tokens = try BeaconDialect().tokens(in: response, for: exchange)
        #expect(tokens.lifetime == .seconds(3600))
    }

    @Test func refusal() throws {
        let body = #"{"error":{"code":"REFRESH_EXPIRED","message":"Too old."}}"#
        let response = WireResponse(status: 400, body: Data(body.utf8))
        let refusal = try #require(BeaconDialect().refusal(in: response))
        #expect(BeaconDialect().remedy(for: refusal, of: exchange) == .discardGrant)
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
