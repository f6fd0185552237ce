import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

@Suite(.timeLimit(.minutes(5)))
struct ConsentPageTests {
    private static let redirectURI = "http://127.0.0.1:9/callback"

    /// A person's session at a served sandbox, and the URL their browser is sent to.
    private func begin(
        _ provider: ProviderSandbox.Provider = .tiki,
        redirectURI: String = redirectURI,
        scopes: [String] = ["orders"],
        _ body: (ProviderSandbox, TokenSession, SignInAttempt) async throws -> Void
    ) async throws {
        let sandbox = ProviderSandbox(provider, clock: .system)
        let server = try await sandbox.serve()
        let identity = Identity.user(try Account("me"), scopes: scopes)
        let session = sandbox.session(at: server.url, identity: identity, transport: .system)
        try await body(sandbox, session, try await session.beginSignIn(redirectURI: redirectURI))
        await server.stop()
    }

    private func get(_ url: URL, method: String = "GET") async throws -> WireResponse {
        try await SystemTransport.system.send(WireRequest(method, url), .token)
    }

    private func press(_ fields: String, at url: URL) async throws -> WireResponse {
        let headers: WireHeaders = ["Content-Type": "application/x-www-form-urlencoded"]
        let request = WireRequest("POST", url, headers: headers, body: .bytes(Data(fields.utf8)))
        return try await SystemTransport.system.send(request, .token)
    }

    private func page(_ response: WireResponse) -> String { String(decoding: response.body, as: UTF8.self) }

    @Test(arguments: ["tiki", "revenue-monster", "wetix"])
    func `The page asks, and Allow leads back with a code that is good`(name: String) async throws {
        let provider: ProviderSandbox.Provider = ["tiki": .tiki, "wetix": .weTix][name] ?? .revenueMonster
        try await begin(provider) { sandbox, session, attempt in
            let asked = try await get(attempt.url)
            #expect(asked.status == 200)
            #expect(page(asked).contains(#"name="scope" value="orders" checked"#))
            #expect(asked.headers["Content-Security-Policy"]?.contains("frame-ancestors 'none'") == true)
            let back = try await press("scope=orders&scope=offline&decision=allow", at: attempt.url)
            #expect(back.status == 303)
            let callback = try #require(back.headers["Location"].flatMap { URL(string: $0) })
            try await session.finishSignIn(attempt, callback: callback)
            #expect(session.status.missingScopes == [])
            #expect(sandbox.complaints == [])
        }
    }

    @Test func `Deny leads back with an error, and no code`() async throws {
        try await begin { _, session, attempt in
            let back = try await press("decision=deny", at: attempt.url)
            let callback = try #require(back.headers["Location"].flatMap { URL(string: $0) })
            let error = await #expect(throws: TokenError.self) {
                try await session.finishSignIn(attempt, callback: callback)
            }
            #expect(error?.code == .signInDeclined)
        }
    }

    @Test func `A box that is left out is not granted, and one that was not there grants nothing`() async throws {
        try await begin(scopes: ["orders", "stock"]) { _, session, attempt in
            let back = try await press("scope=orders&scope=everything&decision=allow", at: attempt.url)
            let callback = try #require(back.headers["Location"].flatMap { URL(string: $0) })
            try await session.finishSignIn(attempt, callback: callback)
            #expect(session.status.scopes == ["orders"])
            #expect(session.status.missingScopes == ["stock"])
        }
    }

    @Test func `A wrong client or redirect URI stays here, in words`() async throws {
        try await begin { sandbox, _, attempt in
            sandbox.redirectURIs = ["https://app.example/callback"]
            let refused = try await get(attempt.url)
            #expect(refused.status == 400)
            #expect(refused.headers["Location"] == nil)
            #expect(page(refused).contains("The redirect URI is not one of the client&#39;s."))
            #expect(sandbox.complaints.count == 1)
        }
    }

    @Test(arguments: [
        ("http://127.0.0.1/callback", true), ("http://127.0.0.1:1/callback", true), ("http://127.0.0.1/other", false),
        ("http://localhost/callback", false), ("http://[::1]/callback", false), ("https://127.0.0.1/callback", false),
    ])
    func `Of a loopback redirect URI the port alone is left open`(registered: String, isTaken: Bool) async throws {
        try await begin { sandbox, _, attempt in
            sandbox.redirectURIs = [registered]
            let status = try await get(attempt.url).status
            #expect(status == (isTaken ? 200 : 400))
        }
    }

    @Test func `A scope that is HTML is shown as text`() async throws {
        try await begin(scopes: ["<b>&'x"]) { _, _, attempt in
            let text = page(try await get(attempt.url))
            #expect(text.contains("&lt;b&gt;&amp;&#39;x"))
            #expect(!text.contains("<b>"))
        }
    }

    @Test func `What no button says is refused`() async throws {
        try await begin { sandbox, _, attempt in
            for fields in ["", "decision=maybe", "decision", "%zz=1&scope=orders"] {
                let answer = try await press(fields, at: attempt.url)
                #expect(answer.status == 400, "\(fields)")
            }
            let answer = try await get(attempt.url, method: "DELETE")
            #expect(answer.status == 405)
            #expect(sandbox.counters.tokenRequests == 0)
        }
    }
}
