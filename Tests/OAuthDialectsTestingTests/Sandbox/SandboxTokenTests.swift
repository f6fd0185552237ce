import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

/// What becomes of the tokens that a sandbox has issued.
struct SandboxTokenTests {
    @Test func `Answers are in the providers' own spelling`() {
        let keys = Sample.all.map { sample in
            ProviderSandbox(sample.provider).respond(to: Talk.right(sample).request).json
        }
        #expect(
            Set(keys[0].keys) == [
                "access_token", "expires_in", "refresh_token", "refresh_token_expires_in", "token_type",
            ]
        )
        #expect(
            Set(keys[1].keys) == ["accessToken", "tokenType", "expiresIn", "refreshToken", "refreshTokenExpiresIn"]
        )
        #expect(Set(keys[2].keys) == ["access_token", "expires_in", "scope", "token_type"])
        #expect(keys[0]["expires_in"] as? Int == 5_184_000 && keys[0]["token_type"] as? String == "Bearer")
        #expect(keys[1]["expiresIn"] as? Int == 2_591_999 && keys[1]["refreshTokenExpiresIn"] as? Int == 1_576_799_999)
        #expect(keys[2]["token_type"] as? String == "bearer")
    }

    @Test func `A rotated refresh token that is used again takes its family along`() throws {
        let sandbox = ProviderSandbox(.revenueMonster)
        sandbox.stub("GET", "/things", json: "[]")
        let first = try tokens(sandbox.respond(to: Talk.right(.revenueMonster).request))
        let second = try tokens(sandbox.respond(to: refresh(first.refresh)))
        #expect(second.refresh != first.refresh)
        #expect(sandbox.respond(to: use(first.access)).status == 200)
        let reuse = sandbox.respond(to: refresh(first.refresh))
        #expect(reuse.status == 400 && reuse.text.contains("INVALID_GRANT"))
        #expect(sandbox.respond(to: refresh(second.refresh)).status == 400)
        #expect(sandbox.respond(to: use(second.access)).status == 401)
        #expect(sandbox.counters.reuses == 1)
        #expect(sandbox.complaints == [])
    }

    @Test func `Without reuse detection the family lives on`() throws {
        let sandbox = ProviderSandbox(.revenueMonster)
        sandbox.rotation = .rotatingWithoutReuseDetection
        let first = try tokens(sandbox.respond(to: Talk.right(.revenueMonster).request))
        let second = try tokens(sandbox.respond(to: refresh(first.refresh)))
        #expect(sandbox.respond(to: refresh(first.refresh)).status == 400)
        #expect(sandbox.respond(to: refresh(second.refresh)).status == 200)
    }

    @Test func `A fixed refresh token comes back as it is`() throws {
        let sandbox = ProviderSandbox(.revenueMonster)
        sandbox.rotation = .fixed
        let first = try tokens(sandbox.respond(to: Talk.right(.revenueMonster).request))
        for _ in 0..<3 {
            let next = try tokens(sandbox.respond(to: refresh(first.refresh)))
            #expect(next.refresh == first.refresh && next.access != first.access)
        }
        #expect(sandbox.counters.reuses == 0)
    }

    @Test func `Lifetimes are what they are set to, and both tokens end`() throws {
        let sandbox = ProviderSandbox(.revenueMonster)
        sandbox.stub("GET", "/things", json: "[]")
        sandbox.accessTokenLifetime = .milliseconds(2500)
        sandbox.refreshTokenLifetime = .seconds(60)
        let response = sandbox.respond(to: Talk.right(.revenueMonster).request)
        #expect(response.json["expiresIn"] as? Int == 2 && response.json["refreshTokenExpiresIn"] as? Int == 60)
        let issued = try tokens(response)
        sandbox.advance(by: .milliseconds(2499))
        #expect(sandbox.respond(to: use(issued.access)).status == 200)
        sandbox.advance(by: .milliseconds(1))
        let over = sandbox.respond(to: use(issued.access))
        #expect(over.status == 401 && over.text.contains("TOKEN_EXPIRED"))
        sandbox.advance(by: .seconds(60))
        #expect(sandbox.respond(to: refresh(issued.refresh)).status == 400)
    }

    @Test func `The living token is handed out again where that is switched on`() throws {
        let sandbox = ProviderSandbox(.revenueMonster)
        sandbox.handsOutLivingTokens = true
        let first = sandbox.respond(to: Talk.right(.revenueMonster).request).json
        sandbox.advance(by: .seconds(1_000_000))
        let second = sandbox.respond(to: Talk.right(.revenueMonster).request).json
        #expect(first["accessToken"] as? String == second["accessToken"] as? String)
        #expect(second["expiresIn"] as? Int == 1_591_999)
    }

    @Test func `A scope that the client may not have is refused, and a granted one comes back`() {
        let sandbox = ProviderSandbox(.tiki)
        sandbox.scopes = ["order", "product"]
        let talk = Talk.right(Sample.all[2])
        let good = sandbox.respond(to: talk.with { $0.body += "&scope=product+order" }.request)
        #expect(good.json["scope"] as? String == "order product")
        let bad = sandbox.respond(to: talk.with { $0.body += "&scope=all" }.request)
        #expect(bad.status == 400 && bad.json["error"] as? String == "invalid_scope")
    }

    @Test(arguments: Sample.all)
    func `An API request without a good token gets 401 with a Bearer challenge`(sample: Sample) {
        let sandbox = ProviderSandbox(sample.provider)
        sandbox.stub("GET", "/things", json: "[]")
        let unknown = sandbox.respond(to: use("nobody-knows-this"))
        #expect(unknown.status == 401)
        #expect(unknown.headers["WWW-Authenticate"]?.hasPrefix(#"Bearer error="invalid_token""#) == true)
        let missing = sandbox.respond(to: WireRequest("GET", sandbox.url("/things")))
        #expect(missing.status == 401 && missing.headers["WWW-Authenticate"] == "Bearer")
        #expect(sandbox.dialect().refusal(in: missing) != nil)
        #expect(sandbox.counters.rejections == 2)
        #expect(sandbox.complaints == ["There is no Authorization header."])
    }

    @Test func `A refresh token at the API is called what it is`() throws {
        let sandbox = ProviderSandbox(.revenueMonster)
        let issued = try tokens(sandbox.respond(to: Talk.right(.revenueMonster).request))
        #expect(sandbox.respond(to: use(issued.refresh)).status == 401)
        #expect(sandbox.complaints == ["A refresh token must never be sent to an API."])
    }

    @Test func `A path that nobody stubbed is said to be missing`() throws {
        let sandbox = ProviderSandbox(.revenueMonster)
        let issued = try tokens(sandbox.respond(to: Talk.right(.revenueMonster).request))
        #expect(sandbox.respond(to: use(issued.access)).status == 404)
        sandbox.stub("POST", "/things", json: "[]")
        #expect(sandbox.respond(to: use(issued.access)).status == 405)
        sandbox.stub("GET", "/things") { request in
            WireResponse(status: request.headers["Authorization"] == nil ? 500 : 204)
        }
        #expect(sandbox.respond(to: use(issued.access)).status == 204)
        #expect(sandbox.transcript.map(\.status) == [200, 404, 405, 204])
    }

    private func tokens(_ response: WireResponse) throws -> (access: String, refresh: String) {
        let json = response.json
        return (try #require(json["accessToken"] as? String), try #require(json["refreshToken"] as? String))
    }

    private func refresh(_ token: String) -> WireRequest {
        Talk.right(.revenueMonster).with { $0.body = #"{"grantType":"refresh_token","refreshToken":"\#(token)"}"# }
            .request
    }

    private func use(_ token: String) -> WireRequest {
        WireRequest(
            "GET",
            URL(string: "https://sandbox.example/things")!,
            headers: ["Authorization": "Bearer \(token)"]
        )
    }
}

extension Sample {
    static var revenueMonster: Self { all[1] }
}
