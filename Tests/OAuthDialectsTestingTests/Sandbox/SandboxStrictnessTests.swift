import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

/// What a sandbox says to a client that speaks wrongly.
struct SandboxStrictnessTests {
    @Test(arguments: Sample.all)
    func `The documents' request is answered without a complaint`(sample: Sample) {
        let sandbox = ProviderSandbox(sample.provider)
        let response = sandbox.respond(to: Talk.right(sample).request)
        #expect(response.status == 200)
        #expect(sandbox.complaints == [])
        #expect(sandbox.counters.tokensIssued == 1 && sandbox.counters.misuses == 0)
    }

    @Test(arguments: Sample.all)
    func `A wrong method, path, media type, body or grant is refused in words`(sample: Sample) {
        let right = Talk.right(sample)
        let cases: [(Talk, Int, String)] = [
            (right.with { $0.method = "GET" }, 405, "The method is wrong"),
            (right.with { $0.path = "/oauth/token" }, 404, "The path is wrong"),
            (right.with { $0.path += "?grant_type=client_credentials" }, 400, "The URL has a query"),
            (right.with { $0.type = "text/plain" }, 400, "The Content-Type is text/plain"),
            (right.with { $0.type = nil }, 400, "The Content-Type is missing"),
            (right.with { $0.body = "" }, 400, "The body is empty"),
            (
                right.with { $0.body = $0.body.replacing("client_credentials", with: "password") }, 400,
                "The grant is not one"
            ),
            (right.with { $0.body = $0.body.replacing("client_credentials", with: "") }, 400, "is missing"),
        ]
        for (talk, status, words) in cases {
            let sandbox = ProviderSandbox(sample.provider)
            // The grant in the body tells a token request, wherever it goes.
            let response = sandbox.respond(to: talk.with { $0.authorization = right.authorization }.request)
            #expect(response.status == status, "\(words)")
            #expect(sandbox.complaints.contains { $0.contains(words) }, "\(words): \(sandbox.complaints)")
            #expect(sandbox.counters.misuses == 1)
        }
    }

    @Test(arguments: Sample.all)
    func `A client that does not prove who it is gets 401`(sample: Sample) {
        let right = Talk.right(sample)
        let both = right.with {
            let (open, close) =
                $0.type == "application/json" ? (#","client_secret":""#, #""}"#) : ("&client_secret=", "")
            $0.authorization = $0.authorization ?? "Basic YTpi"
            if $0.body.hasSuffix("}") { $0.body.removeLast() }
            if !$0.body.contains("client_secret") { $0.body += open + "x" + close }
        }
        let cases = [
            (
                right.with {
                    $0.authorization = nil
                    $0.body = $0.body.replacing("client_secret", with: "x")
                }, "does not auth"
            ),
            (
                right.with {
                    if $0.authorization == nil { $0.body += "x" }
                    $0.authorization = $0.authorization.map { _ in
                        "Basic " + Data("sandbox-client:x".utf8).base64EncodedString()
                    }
                },
                "secret is wrong"
            ),
            (both, "in the header and in the body"),
        ]
        for (talk, words) in cases {
            let sandbox = ProviderSandbox(sample.provider)
            #expect(sandbox.respond(to: talk.request).status == 401)
            #expect(sandbox.complaints.contains { $0.contains(words) }, "\(words): \(sandbox.complaints)")
        }
    }

    @Test func `Revenue Monster wants camel case and says so in its own error`() throws {
        let sandbox = ProviderSandbox(.revenueMonster)
        let talk = Talk.right(Sample.all[1]).with { $0.body = #"{"grant_type":"client_credentials"}"# }
        let error = try #require(sandbox.respond(to: talk.request).json["error"] as? [String: Any])
        #expect(error["code"] as? String == "VALIDATION_ERROR" && error["message"] is String)
        #expect(sandbox.complaints.contains("A field is misspelled: Revenue Monster spells it grantType."))
    }

    @Test func `WeTix refreshes at an endpoint of its own`() {
        let sandbox = ProviderSandbox(.weTix)
        let talk = Talk.right(Sample.all[0])
        #expect(sandbox.respond(to: talk.with { $0.path = "/auth/refresh" }.request).status == 400)
        let refresh = talk.with { $0.body = #"{"grant_type":"refresh_token","refresh_token":"x"}"# }
        #expect(sandbox.respond(to: refresh.request).json["error"] as? String == "unsupported_grant_type")
        #expect(
            sandbox.complaints == [
                "The path is wrong: the grant client_credentials goes to /auth/token.",
                "The path is wrong: the grant refresh_token goes to /auth/refresh.",
            ]
        )
    }

    @Test func `WeTix and Revenue Monster take the secret as it is`() {
        for sample in Sample.all.prefix(2) {
            let sandbox = ProviderSandbox(sample.provider)
            let secret = Talk.encoded(sandbox.credentials.secret?.revealed ?? "")
            let talk = Talk.right(sample).with {
                $0.authorization = "Basic " + Data("sandbox-client:\(secret)".utf8).base64EncodedString()
            }
            #expect(sandbox.respond(to: talk.request).status == 401)
            #expect(sandbox.complaints.first?.contains("percent-encoded once too often") == true)
        }
    }

    @Test func `Tiki finds no body in JSON, as Hydra does`() {
        let sandbox = ProviderSandbox(.tiki)
        let json = Talk.right(Sample.all[2]).with {
            $0.type = "application/json"
            $0.body = #"{"grant_type":"client_credentials"}"#
        }
        for talk in [json, json.with { $0.type = "application/x-www-form-urlencoded" }] {
            let response = sandbox.respond(to: talk.request)
            #expect(response.status == 400)
            #expect(response.json["error"] as? String == "invalid_request")
            #expect(response.json["error_description"] as? String == "The POST body can not be empty")
        }
    }

    @Test func `Tiki decodes the halves of Basic, and notices what is not encoded`() {
        let sandbox = ProviderSandbox(.tiki, credentials: ClientCredentials(id: "a", secret: "one+two"))
        let talk = Talk.right(Sample.all[2])
        let raw = talk.with { $0.authorization = "Basic " + Data("a:one+two".utf8).base64EncodedString() }
        #expect(sandbox.respond(to: raw.request).status == 401)
        #expect(sandbox.complaints.first?.contains("each half has to be form-encoded first") == true)
        let encoded = talk.with { $0.authorization = "Basic " + Data("a:one%2Btwo".utf8).base64EncodedString() }
        #expect(sandbox.respond(to: encoded.request).status == 200)
    }

    @Test func `Tiki's form has to be encoded`() {
        let sandbox = ProviderSandbox(.tiki)
        let talk = Talk.right(Sample.all[2])
        for body in [
            "grant_type=client_credentials&scope=a b", "grant_type=client_credentials&scope=%zz", "grant_type",
        ] {
            #expect(sandbox.respond(to: talk.with { $0.body = body }.request).status == 400)
        }
        #expect(Set(sandbox.complaints).count == 1)
        #expect(sandbox.complaints.first?.contains("not encoded") == true)
    }

    @Test func `An app at Tiki is registered for one way to authenticate`() {
        let basic = Talk.right(Sample.all[2])
        let body = Talk.right(Sample.all[3])
        let byBody = ProviderSandbox(.tiki(authentication: .body))
        let byBasic = ProviderSandbox(.tiki)
        for (sandbox, talk) in [(byBody, basic), (byBasic, body)] {
            let response = sandbox.respond(to: talk.request)
            #expect(response.status == 401 && response.json["error"] as? String == "invalid_client")
        }
    }

    @Test(arguments: Sample.all)
    func `A field that is there twice is refused`(sample: Sample) {
        let sandbox = ProviderSandbox(sample.provider)
        let talk = Talk.right(sample).with {
            $0.body =
                $0.type == "application/json"
                ? String($0.body.dropLast()) + "," + $0.body.dropFirst() : $0.body + "&grant_type=client_credentials"
        }
        #expect(sandbox.respond(to: talk.request).status == 400)
        #expect(sandbox.complaints == ["A field appears twice."])
    }
}
