import Foundation
import OAuthDialects
import Testing

/// Overrides of a dialect's conventions, beside functions of its own.
struct OverriddenWordsTests {
    private struct OwnRefusal: ProviderDialect {
        let name = "own-refusal"
        let apiOrigins: APIOrigins = ["api.acme.example"]

        func tokenEndpoint(for grant: Grant) -> URL? { URL(string: "https://login.acme.example/token") }

        func refusal(in response: WireResponse) -> Refusal? {
            response.headers["X-Fault"].map { Refusal(status: response.status, code: $0) }
        }
    }

    @Test func `A new endpoint of a provider that takes GET keeps the fields`() throws {
        let dialect = Sample.standard(
            WireConventions {
                $0.request.bodyEncoding = .query
                $0.request.clientAuthentication = .body
            }
        )
        let staging = try Sample.url("https://staging.acme.example/token?v=2")
        let request = try dialect.overriding { $0.tokenEndpoint = { _, _ in staging } }.request(for: Sample.exchange())
        #expect(request.url.host() == "staging.acme.example")
        #expect(
            try WireField.all(in: request).map(\.name) == ["v", "grant_type", "client_id", "client_secret"]
        )
    }

    @Test func `An override can take words away, and adds some without losing the dialect's own reading`() {
        let named = Sample.standard(
            WireConventions {
                $0.refusal.rejections = ["expired"]
                $0.refusal.remedies = ["busy": .discardGrant]
            }
        )
        let expired = WireResponse.refused("expired")
        let plain = named.overriding {
            $0.conventions.refusal.rejections = []
            $0.conventions.refusal.remedies = [:]
        }
        #expect(named.isTokenRejection(expired) && !plain.isTokenRejection(expired))
        #expect(plain.remedy(for: Refusal(status: 400, code: "busy"), of: Sample.exchange()) == .unknown)
        let own = OwnRefusal().overriding { $0.conventions.refusal.remedies = ["gone": .discardGrant] }
        let gone = own.refusal(in: WireResponse(status: 400, headers: ["X-Fault": "gone"]))
        #expect(gone?.code == "gone")
        #expect(gone.map { own.remedy(for: $0, of: Sample.exchange()) } == .discardGrant)
    }

    @Test func `A field that is left out takes no other one with it`() throws {
        let dialect = Sample.standard(
            WireConventions {
                $0.request.names = [.redirectURI: "code"]
                $0.request.omitted = [.redirectURI]
            }
        )
        let request = try dialect.request(for: Sample.exchange(Sample.code))
        #expect(try WireField.all(in: request).map(\.name) == ["grant_type", "code"])
    }

    @Test(arguments: ["Host", "Transfer-Encoding", "Content-Length"])
    func `A header of the transport's own carries no token`(_ name: String) throws {
        let dialect = Sample.standard(WireConventions { $0.tokenPlacement = .header(name) })
        let access = ResourceAccess(
            token: try AccessToken("token"),
            credentials: Sample.exchange().credentials,
            date: Sample.date,
            nonce: "n"
        )
        var request = WireRequest("GET", try Sample.url("https://api.acme.example/"))
        #expect(tokenError { try dialect.authorize(&request, for: access) }?.code == .invalidRequest)
    }
}
