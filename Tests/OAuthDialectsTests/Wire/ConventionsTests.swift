import Foundation
import OAuthDialects
import Testing

/// What conventions say that providers do differently, with what real providers send.
struct ConventionsTests {
    // MARK: Requests

    @Test func `Names and values are the provider's own, in the sign-in URL too`() throws {
        let conventions = WireConventions {
            $0.request.clientAuthentication = .body
            $0.request.names = [.clientID: "appid", .clientSecret: "secret"]
            $0.request.values = [
                .grantType: ["client_credentials": "client_credential"], .redirectURI: ["https://app.example/": "Shop"],
            ]
        }
        let request = try conventions.request(for: Sample.exchange(), to: Sample.url("https://api.example/token"))
        #expect(
            request.body?.texts == ["grant_type=client_credential", "appid=client", "secret=\(Sample.clientSecret)"]
        )
        let signIn = AuthorizationRequest(clientID: "c", redirectURI: "https://app.example/", scopes: [], state: "s")
        let dialect = Sample.standard(conventions).overriding {
            $0.authorizationEndpoint = URL(string: "https://login.example/")
        }
        let url = try dialect.authorizationURL(for: signIn)
        #expect(url.query()?.contains("appid=c&redirect_uri=Shop&") == true)
    }

    @Test func `A GET has its fields in the query, and shows none of their values`() throws {
        let conventions = WireConventions {
            $0.request.bodyEncoding = .query
            $0.request.clientAuthentication = .body
        }
        let request = try conventions.request(for: Sample.exchange(), to: Sample.url("https://api.example/token?v=2"))
        #expect(request.method == "GET")
        #expect(request.body == nil)
        #expect(
            request.url.query()
                == "v=2&grant_type=client_credentials&client_id=client&client_secret=\(Sample.clientSecret)"
        )
        #expect(!"\(request)".contains(Sample.clientSecret))
        #expect(!request.summary.contains(Sample.clientSecret))
    }

    @Test func `What a provider does not take is left out, and what it wants is added`() throws {
        let conventions = WireConventions {
            $0.request.clientAuthentication = .body
            $0.request.omitted = [.grantType, .redirectURI]
            $0.request.added = [WireField("short_lived", "true")]
        }
        let request = try conventions.request(
            for: Sample.exchange(Sample.code),
            to: Sample.url("https://api.example/token")
        )
        #expect(
            request.body?.texts == [
                "code=code-canary", "short_lived=true", "client_id=client", "client_secret=\(Sample.clientSecret)",
            ]
        )
    }

    @Test func `A refresh repeats the identity's scopes where the provider wants them`() throws {
        let conventions = WireConventions {
            $0.request.clientAuthentication = .none
            $0.request.repeatsScopes = true
        }
        var exchange = Sample.exchange(try Sample.refresh())
        exchange.scopes = ["a", "b"]
        let request = try conventions.request(for: exchange, to: Sample.url("https://api.example/token"))
        #expect(request.body?.texts.last == "scope=a b")
    }

    // MARK: Answers

    @Test func `Tokens are read from the first container that is there`() throws {
        let conventions = WireConventions {
            $0.answer.containers = ["data.token", "authed_user"]
            $0.answer.tokenTypes = ["user"]
        }
        let slack = #"{"ok":true,"authed_user":{"access_token":"xoxp-1234","token_type":"user"},"access_token":"bot"}"#
        #expect(try conventions.tokens(in: .json(200, slack)).accessToken.revealed == "xoxp-1234")
        let nested = #"{"data":{"token":{"access_token":"inner"}}}"#
        #expect(try conventions.tokens(in: .json(200, nested)).accessToken.revealed == "inner")
        #expect(try conventions.tokens(in: .json(200, #"{"access_token":"top"}"#)).accessToken.revealed == "top")
    }

    @Test func `Own names come before the standard ones`() throws {
        let lark = WireConventions {
            $0.answer.names = [.accessToken: "tenant_access_token", .expiresIn: "expire"]
            $0.refusal.success = .init("code", 0)
        }
        let answer = WireResponse.json(200, #"{"code":0,"msg":"ok","tenant_access_token":"t-caecc","expire":7200}"#)
        #expect(try lark.tokens(in: answer).accessToken.revealed == "t-caecc")
        #expect(try lark.tokens(in: answer).lifetime == .seconds(7200))
        #expect(lark.refusal(in: answer) == nil)
    }

    @Test(arguments: [
        #""2025-04-03T18:31:06Z""#, #""2025-04-03T18:31:06.000Z""#, #""2025-04-03T20:31:06+02:00""#, "1743705066",
        #""1743705066""#, "1743705066000",
    ])
    func `A date of expiry counts from the answer's own date`(_ date: String) throws {
        let body = #"{"access_token":"t","expires_at":\#(date)}"#
        var answer = WireResponse.json(200, body)
        answer.headers["Date"] = "Thu, 03 Apr 2025 17:31:06 GMT"
        #expect(try WireConventions().tokens(in: answer).lifetime == .seconds(3600))
    }

    @Test func `Without the answer's date the request's counts`() throws {
        var exchange = Sample.exchange()
        exchange.date = Date(timeIntervalSince1970: 1_743_705_000)
        let answer = WireResponse.json(200, #"{"access_token":"t","expires_at":1743705066}"#)
        #expect(try WireConventions().tokens(in: answer, for: exchange).lifetime == .seconds(66))
    }

    @Test func `A lifetime of zero may mean for ever`() throws {
        let answer = WireResponse.json(200, #"{"access_token":"t","expires_in":0}"#)
        #expect(try WireConventions().tokens(in: answer).lifetime == .zero)
        #expect(try WireConventions { $0.answer.zeroIsUnlimited = true }.tokens(in: answer).lifetime == nil)
    }

    @Test func `Extras are texts, numbers, and flags, from the container or the top`() throws {
        let conventions = WireConventions {
            $0.answer.containers = ["data"]
            $0.answer.extras = ["open_id", "team.id", "live", "count", "missing"]
            $0.answer.secretExtras = ["shop_key"]
        }
        let body = """
            {"data":{"access_token":"t","open_id":"o1","shop_key":"k"},"team":{"id":"T1"},"live":true,"count":9007199254740993,"missing":null}
            """
        let extras = try conventions.tokens(in: .json(200, body)).extras
        #expect(
            extras.mapValues(\.revealed)
                == ["open_id": "o1", "team.id": "T1", "live": "true", "shop_key": "k", "count": "9007199254740993"]
        )
    }

    // MARK: Refusals

    @Test func `A member says whether an answer is a success`() throws {
        let slack = WireConventions { $0.refusal.success = .init("ok", true) }
        #expect(slack.refusal(in: .json(200, #"{"ok":true,"error":"ignored"}"#)) == nil)
        #expect(slack.refusal(in: .json(200, #"{"ok":false,"error":"invalid_code"}"#))?.code == "invalid_code")
        #expect(slack.refusal(in: .json(200, #"{"access_token":"t"}"#)) == nil, "absent is a success")
        #expect(slack.refusal(in: .json(200, #"{"ok":"no"}"#)) != nil, "another type is none")
    }

    @Test func `Codes and messages are found by their paths`() throws {
        let fitbit = WireConventions {
            $0.refusal.codes = ["errors[].errorType"]
            $0.refusal.messages = ["errors[].message"]
        }
        let body = #"{"errors":[{"errorType":"invalid_grant","message":"Refresh token invalid"}],"success":false}"#
        let refusal = fitbit.refusal(in: .json(400, body))
        #expect(refusal?.code == "invalid_grant")
        #expect(refusal?.message == "Refresh token invalid")
    }

    @Test func `A code means what the conventions say, except while the provider is down`() {
        let conventions = WireConventions {
            $0.refusal.remedies = ["20026": .discardGrant, "CODE_USED": .discardGrant]
        }
        let dialect = Sample.standard(conventions)
        let exchange = Sample.exchange()
        #expect(dialect.remedy(for: Refusal(status: 400, code: "20026"), of: exchange) == .discardGrant)
        #expect(dialect.remedy(for: Refusal(status: 200, code: "code_used"), of: exchange) == .discardGrant)
        #expect(dialect.remedy(for: Refusal(status: 503, code: "20026"), of: exchange) == .retryLater)
        #expect(dialect.remedy(for: Refusal(status: 400, code: "invalid_grant"), of: exchange) == .discardGrant)
    }

    @Test func `The API rejects a token with a code`() {
        let dialect = Sample.standard(WireConventions { $0.refusal.rejections = ["99991668"] })
        #expect(dialect.isTokenRejection(.json(400, #"{"code":99991668,"msg":"Invalid access token"}"#)))
        #expect(!dialect.isTokenRejection(.json(400, #"{"code":99991672,"msg":"No permission"}"#)))
        #expect(dialect.isTokenRejection(WireResponse(status: 401)))
    }

    // MARK: API requests

    @Test func `A token goes where the provider expects it`() throws {
        let access = ResourceAccess(
            token: try AccessToken("canary-token", expiresAt: nil),
            credentials: ClientCredentials(id: "c", secret: "s"),
            date: Sample.date,
            nonce: "n"
        )
        func placed(_ placement: WireConventions.TokenPlacement) throws -> WireRequest {
            var request = WireRequest("GET", try Sample.url("https://api.acme.example/a?b=c"))
            try Sample.standard(WireConventions { $0.tokenPlacement = placement }).authorize(&request, for: access)
            return request
        }
        #expect(try placed(.bearer).headers["Authorization"] == "Bearer canary-token")
        #expect(try placed(.header("Authorization", scheme: "OAuth")).headers["Authorization"] == "OAuth canary-token")
        #expect(try placed(.header("X-Shopify-Access-Token")).headers["X-Shopify-Access-Token"] == "canary-token")
        let query = try placed(.query("access_token"))
        #expect(query.url.absoluteString == "https://api.acme.example/a?b=c&access_token=canary-token")
        #expect(!"\(query)".contains("canary-token"))
        #expect(!"\(try placed(.header("X-Shopify-Access-Token")))".contains("canary-token"))
    }
}

extension WireConventions {
    fileprivate func refusal(in response: WireResponse) -> Refusal? {
        Sample.standard(self).refusal(in: response)
    }
}

extension WireBody {
    fileprivate var texts: [String] {
        if case .form(let fields) = self { fields.map { "\($0.name)=\($0.value.revealed)" } } else { [] }
    }
}
