import Foundation
import OAuthDialects
import Testing

struct BeaconTests {
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
