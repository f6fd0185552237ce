import Foundation
import OAuthDialects
import Testing

/// Providers that want a client's secret or a token in the query of a URL.
@Suite(.timeLimit(.minutes(1)))
struct SecretsInURLsTests {
    private let planted = "canary-secret"

    @Test func `A token request is sent once, also as a GET`() async throws {
        let dialect = Sample.standard(WireConventions { $0.request.bodyEncoding = .query })
        let rig = Rig(dialect: dialect)
        _ = try await rig.token
        let request = try #require(rig.provider.calls.first?.request)
        #expect(request.method == "GET" && request.isSentOnce)
    }

    @Test func `A transport that shows the URL of a token request shows no secret`() async throws {
        let dialect = Sample.standard(
            WireConventions {
                $0.request.bodyEncoding = .query
                $0.request.clientAuthentication = .body
            }
        )
        let client = ClientCredentials(id: "client", secret: Secret(planted))
        let provider = StubProvider { call in
            let message = "No answer from \(call.request.url.absoluteString)."
            throw WireFailure(.connectionLost, mayHaveArrived: true, message: message)
        }
        let rig = Rig(dialect: dialect, credentials: client, provider: provider)
        let error = try #require(await rig.failure())
        #expect(error.message.contains("client_secret=<redacted>"), "\(error)")
        Printed(error).lacks([planted])
        Printed(rig.log.events).lacks([planted])
    }

    @Test func `A redirect that repeats the query gets the token once`() async throws {
        let dialect = Sample.standard(WireConventions { $0.tokenPlacement = .query("access_token") })
        let provider = StubProvider { call in
            if call.grantType != nil { return .tokens("access") }
            let url = call.request.url
            guard url.path == "/old" else { return WireResponse(status: 200) }
            return WireResponse(status: 307, headers: ["Location": "/new?\(url.query ?? "")"])
        }
        let rig = Rig(dialect: dialect, provider: provider)
        let url = try Sample.url("https://api.acme.example/old?a=b")
        #expect(try await rig.session.send(WireRequest("GET", url)).status == 200)
        #expect(rig.provider.calls.last?.request.url.query == "a=b&access_token=access")
    }
}
