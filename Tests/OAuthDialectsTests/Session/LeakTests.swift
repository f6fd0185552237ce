import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

/// Routes by which a secret could reach an error, an event or a status, where somebody else's words are let through.
@Suite(.timeLimit(.minutes(5)))
struct LeakTests {
    private static let url = URL(string: "https://sb-open.wetix.my/graphql")!

    private func check(_ rig: Rig, _ error: TokenError?, lacks secrets: [String]) throws {
        let error = try #require(error)
        Printed(error).lacks(secrets)
        Printed(rig.log.events).lacks(secrets)
        Printed(rig.session.status).lacks(secrets)
        for text in [error.errorDescription, error.failureReason, error.recoverySuggestion].compactMap(\.self) {
            Printed(text).lacks(secrets)
        }
    }

    @Test func `A provider that echoes what conventions or a dialect added shows no secret`() async throws {
        var conventions = WireConventions()
        conventions.request.added = [WireField("api_key", secret: "canary-field")]
        let endpoint = URL(string: "https://oauth.acme.example/token?key=canary-query")!
        let dialect = StandardDialect(name: "acme", tokenEndpoint: endpoint, apiHosts: [], conventions: conventions)
            .overriding {
                $0.request = { exchange, base in
                    var request = try base.request(for: exchange)
                    request.headers["X-Api-Key"] = "canary-header"
                    request.headers["Authorization"] = "Signature canary-signature"
                    return request
                }
            }
        let provider = StubProvider { call in
            let headers = call.request.headers.fields.map { "\($0.name): \($0.value)" }.joined(separator: " ")
            let body = String(decoding: call.request.body?.data ?? Data(), as: UTF8.self)
            return .json(400, #"{"error":"no","error_description":"\#(call.request.url) \#(headers) \#(body)"}"#)
        }
        let rig = Rig(dialect: dialect, provider: provider)
        let secrets = ["canary-field", "canary-query", "canary-header", "canary-signature", "s3cret"]
        let error = await rig.failure()
        #expect(error?.refusal?.message?.contains("<redacted>") == true)
        try check(rig, error, lacks: secrets)
    }

    @Test func `A refused refresh that quotes the tokens in hand shows none`() async throws {
        let rig = Rig(dialect: .tiki(.production), identity: .user(try Account("ann")))
        let tokens = ["access-canary-8Wq2", "refresh-canary-Zr5t", "id-canary-Yb7n"]
        rig.provider.answer { _ in
            .json(
                200,
                #"{"access_token":"\#(tokens[0])","refresh_token":"\#(tokens[1])","id_token":"\#(tokens[2])","expires_in":60}"#
            )
        }
        try await rig.session.signIn(with: .authorizationCode("code", redirectURI: nil, codeVerifier: nil))
        rig.provider.answer { _ in
            let base64 = tokens.map { Data("token \($0)".utf8).base64EncodedString() }
            let words = (tokens + base64 + tokens.map { String($0.dropLast(3)) }).joined(separator: " ")
            return .json(400, #"{"error":"no","error_description":"\#(words)"}"#)
        }
        rig.clock.advance(by: .seconds(61))
        let error = await rig.failure()
        #expect("\(rig.log.events)".contains("<redacted>"))
        try check(rig, error, lacks: tokens + ["canary"] + tokens.map { Data($0.utf8).base64EncodedString() })
    }

    @Test func `Nothing that a dialect throws shows a secret`() async throws {
        let dialect = WeTixDialect(.sandbox).overriding {
            $0.tokens = { _, exchange, _ in
                let words = "sent \(exchange.credentials.secret?.revealed ?? "")"
                throw TokenError(
                    .unreadableAnswer,
                    words,
                    hint: words,
                    refusal: Refusal(status: 200, code: words, message: words),
                    underlying: UnderlyingError(TokenError(.refused, words))
                )
            }
        }
        let rig = Rig(dialect: dialect)
        try check(rig, await rig.failure(), lacks: ["s3cret"])
    }

    @Test func `A dialect that can't make a request shows no secret, in a preview either`() async throws {
        let dialect = WeTixDialect(.sandbox).overriding {
            $0.request = { exchange, _ in throw Loud(words: exchange.credentials.secret?.revealed ?? "") }
        }
        let rig = Rig(dialect: dialect)
        try check(
            rig,
            #expect(throws: TokenError.self) { try rig.session.preview(.clientCredentials()) },
            lacks: ["s3cret"]
        )
        try check(rig, await rig.failure(), lacks: ["s3cret"])
    }

    @Test func `A dialect that can't authorize shows no token`() async throws {
        for isTokenError in [true, false] {
            let dialect = WeTixDialect(.sandbox).overriding {
                $0.authorize = { _, access, _ in
                    let words = access.token.authorizationHeader.revealed
                    throw isTokenError ? TokenError(.invalidRequest, words) : Loud(words: words)
                }
            }
            let rig = Rig(dialect: dialect)
            let error = await #expect(throws: TokenError.self) {
                try await rig.session.send(WireRequest("GET", Self.url))
            }
            #expect(error?.code == .invalidRequest)
            try check(rig, error, lacks: ["access-1"])
        }
    }

    @Test func `Whatever a transport throws, a caller gets a typed error without a URL`() async throws {
        let rig = Rig()
        _ = try await rig.token
        let failing = URL(string: "https://sb-open.wetix.my/?t=canary")!
        let errors: [any Error] = [
            URLError(.cannotConnectToHost, userInfo: [NSURLErrorFailingURLErrorKey: failing]), Loud(words: "canary"),
        ]
        for thrown in errors {
            rig.provider.answer { _ in throw thrown }
            let error = await #expect(throws: TokenError.self) {
                try await rig.session.send(WireRequest("GET", Self.url))
            }
            #expect(error?.code == .requestFailed)
            #expect(error?.isTransient == true)
            try check(rig, error, lacks: ["canary"])
        }
        rig.provider.answer { _ in throw URLError(.cancelled) }
        await #expect(throws: CancellationError.self) { try await rig.session.send(WireRequest("GET", Self.url)) }
    }

    @Test func `A secret that comes back as a field's name is not told`() async throws {
        let rig = Rig(
            credentials: ClientCredentials(id: "client", secret: "canary-\(String(repeating: "x", count: 60))")
        )
        rig.provider.answer { call in
            .json(200, #"{"access_token":"t","token_type":"Bearer","canary-\#(String(repeating: "x", count: 60))":1}"#)
        }
        _ = try await rig.token
        #expect(rig.log.count(of: .answerDeviated) == 1)
        Printed(rig.log.events).lacks(["canary"])
    }
}

/// An error that says all it knows.
private struct Loud: Error, CustomStringConvertible {
    let words: String
    var description: String { words }
}
