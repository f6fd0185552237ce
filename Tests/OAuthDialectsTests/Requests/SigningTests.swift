import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

@Suite(.timeLimit(.minutes(5)))
struct SigningTests {
    private let signer = StubSigner(key: "key")

    /// Revenue Monster before an API that answers as the test says.
    private func rig(_ signer: StubSigner, _ api: @escaping @Sendable (StubProvider.Call) -> WireResponse) -> Rig {
        let provider = StubProvider { call in
            call.grantType == nil ? api(call) : .tokens("access-\(call.number)")
        }
        return Rig(dialect: .revenueMonster(.sandbox), signer: signer, provider: provider)
    }

    private func url(_ path: String = "/v3/payment") throws -> URL {
        try Sample.url("https://sb-open.revenuemonster.my\(path)")
    }

    @Test func `A signature covers what is sent, token included, and a retry has one of its own`() async throws {
        let rig = rig(signer) { _ in WireResponse(status: 401) }
        let body = WireBody.json([WireField("amount", "100")])
        _ = try await rig.session.send(WireRequest("POST", url("/v3/payment?a=1"), body: body))
        let sent = rig.provider.calls.filter { $0.grantType == nil }.map(\.request)
        #expect(sent.count == 2)
        for request in sent {
            #expect(request.headers["Authorization"]?.hasPrefix("Bearer access-") == true)
            #expect(request.headers["X-Signature"] == signer.signature(of: request))
            #expect(request.body?.data == body.data)
        }
        #expect(Set(sent.compactMap { $0.headers["X-Nonce-Str"] }).count == 2)
        #expect(Set(sent.compactMap { $0.headers["X-Signature"] }).count == 2)
    }

    @Test func `Each redirect is signed anew`() async throws {
        let rig = rig(signer) { call in
            call.request.url.path == "/v3/payment"
                ? WireResponse(status: 307, headers: ["Location": "/v3/other"]) : WireResponse(status: 200)
        }
        #expect(try await rig.session.send(WireRequest("GET", url())).status == 200)
        let sent = rig.provider.calls.filter { $0.grantType == nil }.map(\.request)
        #expect(sent.map(\.url.path) == ["/v3/payment", "/v3/other"])
        for request in sent { #expect(request.headers["X-Signature"] == signer.signature(of: request)) }
    }

    @Test func `Token requests are not signed`() async throws {
        let rig = rig(signer) { _ in WireResponse(status: 200) }
        _ = try await rig.token
        #expect(rig.provider.calls.allSatisfy { $0.request.headers["X-Signature"] == nil })
    }

    @Test func `What can't be signed is not sent`() async throws {
        let rig = rig(StubSigner(key: "key", fails: true)) { _ in WireResponse(status: 200) }
        let error = await #expect(throws: TokenError.self) { try await rig.session.send(WireRequest("GET", url())) }
        #expect(error?.code == .invalidRequest)
        #expect(error?.underlying != nil)
        #expect(rig.provider.calls.allSatisfy { $0.grantType != nil })
    }

    @Test func `A signer can send a token nowhere else`() async throws {
        struct Astray: RequestSigner {
            func signed(_ request: WireRequest, for purpose: SigningPurpose) async throws -> WireRequest {
                guard case .resource = purpose else { return request }
                return WireRequest("GET", URL(string: "https://evil.example/")!, headers: request.headers)
            }
        }
        let rig = Rig(dialect: .revenueMonster(.sandbox), signer: Astray())
        let error = await #expect(throws: TokenError.self) { try await rig.session.send(WireRequest("GET", url())) }
        #expect(error?.code == .untrustedHost)
        #expect(rig.provider.calls.count == 1)
    }
}
