import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

struct SandboxTranscriptTests {
    @Test func `A person can read it`() {
        let sandbox = ProviderSandbox(.revenueMonster)
        _ = sandbox.respond(to: Talk.right(.revenueMonster).request)
        _ = sandbox.respond(to: Talk.right(.revenueMonster).with { $0.path = "/auth/token" }.request)
        #expect(
            sandbox.transcript.map(\.description) == [
                """
                1. POST /v1/token {grantType=client_credentials} → 200: Issued an access token for the client itself. \
                The access token expires in 2591999 s.
                """,
                """
                2. POST /auth/token {grantType=client_credentials} → 404: Refused. The path is wrong: \
                Revenue Monster takes token requests at /v1/token.
                """,
            ]
        )
    }

    /// Wherever a careless client may put a secret.
    @Test(arguments: Sample.all)
    func `It never shows a secret`(sample: Sample) {
        let canary = "canary/Secret+1"
        let sandbox = ProviderSandbox(sample.provider, credentials: ClientCredentials(id: "bird", secret: canary))
        let long = "c4n4ry" + String(repeating: "abcdefghij", count: 5)
        let right = Talk.right(sample)
        let isJSON = right.type == "application/json"
        let grant = isJSON && sample.path == "/v1/token" ? "grantType" : "grant_type"
        func body(_ name: String, _ value: String) -> String {
            isJSON
                ? #"{"\#(grant)":"refresh_token","\#(name)":"\#(value)"}"# : "\(grant)=refresh_token&\(name)=\(value)"
        }
        for secret in [canary, Talk.encoded(canary), long] {
            let bodies = [
                "refresh_token", "refreshToken", "scope", "client_id", "client_secret", "clientSecret", "code",
            ]
            .map { body($0, secret) }
            let odd = [body(secret, "x"), secret, isJSON ? #"{"\#(grant)":"\#(secret)"}"# : "grant_type=\(secret)"]
            for text in bodies + odd { _ = sandbox.respond(to: right.with { $0.body = text }.request) }
            _ = sandbox.respond(to: right.with { $0.path += "?secret=\(Talk.encoded(secret))" }.request)
            _ = sandbox.respond(to: right.with { $0.path += "/\(Talk.encoded(secret))" }.request)
            _ = sandbox.respond(to: right.with { $0.authorization = "Basic \(secret)" }.request)
            _ = sandbox.respond(to: right.with { $0.authorization = "Bearer \(secret)" }.request)
            _ = sandbox.respond(to: right.with { $0.type = secret }.request)
            _ = sandbox.respond(to: right.with { $0.method = secret }.request)
        }
        var printed = ""
        dump(sandbox.transcript, to: &printed)
        printed += "\(sandbox.transcript) \(sandbox.complaints) \(sandbox.counters)"
        #expect(sandbox.transcript.count == 48)
        for canary in [canary, "canary", "c4n4ry"] { #expect(!printed.contains(canary)) }
    }

    @Test func `It keeps the last thousand requests`() {
        let sandbox = ProviderSandbox(.weTix)
        for _ in 0..<1005 { _ = sandbox.respond(to: WireRequest("GET", sandbox.url("/things"))) }
        #expect(sandbox.transcript.count == 1000)
        #expect(sandbox.transcript.first?.number == 6 && sandbox.transcript.last?.number == 1005)
    }
}
