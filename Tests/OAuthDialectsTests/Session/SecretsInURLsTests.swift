import Foundation
import OAuthDialects
import Testing

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

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

    /// Adds a signature to the query.
    private struct QuerySigner: RequestSigner {
        func signed(_ request: WireRequest, for purpose: SigningPurpose) async throws -> WireRequest {
            guard case .resource(let access) = purpose else { return request }
            var request = request
            try request.add([WireField("sign", access.nonce)], toQuery: true)
            return request
        }
    }

    @Test
    func `After a redirect that repeats the query, the token and the signature are new and not in the answer's URL`()
        async throws
    {
        let dialect = Sample.standard(WireConventions { $0.tokenPlacement = .query("access_token") })
        let provider = StubProvider { call in
            if call.grantType != nil { return .tokens("canary-access-token") }
            let url = call.request.url
            guard url.path == "/old" else { return WireResponse(status: 200) }
            return WireResponse(status: 307, headers: ["Location": "/new?\(url.query ?? "")"])
        }
        let rig = Rig(dialect: dialect, signer: QuerySigner(), provider: provider)
        let url = try Sample.url("https://api.acme.example/old?a=b")
        let (_, response) = try await rig.session.data(for: URLRequest(url: url))
        #expect(response.url?.absoluteString == "https://api.acme.example/new?a=b")
        let signs = rig.provider.calls.suffix(2).compactMap { call in
            (try? WireField.all(in: call.request))?.filter { $0.name == "sign" }.map(\.value.revealed)
        }
        #expect(signs.count == 2 && signs.allSatisfy { $0.count == 1 } && signs[0] != signs[1])
    }

    @Test(arguments: [WireConventions.TokenPlacement.query("access_token"), .bearer])
    func `A transport that quotes an API request shows no token`(_ placement: WireConventions.TokenPlacement)
        async throws
    {
        let dialect = Sample.standard(WireConventions { $0.tokenPlacement = placement })
        let provider = StubProvider { call in
            if call.grantType != nil { return .tokens("canary-access-token") }
            let header = call.request.headers["Authorization"] ?? ""
            throw WireFailure(
                .connectionLost,
                mayHaveArrived: true,
                message: "\(call.request.url.absoluteString) \(header)"
            )
        }
        let rig = Rig(dialect: dialect, provider: provider)
        let request = WireRequest("GET", try Sample.url("https://api.acme.example/a"))
        let error = try #require(await #expect(throws: TokenError.self) { try await rig.session.send(request) })
        #expect(error.code == .requestFailed && error.message.contains("<redacted>"))
        Printed(error).lacks(["canary-access-token"])
    }
}
