import Foundation
import OAuthDialects
import Testing

/// What conventions and answers can have wrong: each is a typed error that names the member and shows no value.
struct ConventionsBadInputTests {
    private func check(_ error: TokenError?, _ code: TokenError.Code, names: [String]) throws {
        let error = try #require(error)
        #expect(error.code == code)
        for name in names { #expect(error.message.contains(name)) }
        Printed(error).lacks(["canary", "17437", Sample.clientSecret])
    }

    @Test(arguments: [
        [WireConventions.Field.clientID: "key", .clientSecret: "key"], [.code: "grant_type"],
        [.scope: "clientId", .clientID: "clientId"],
    ])
    func `Two fields of a request of one name are refused by their names`(_ names: [WireConventions.Field: String])
        throws
    {
        let conventions = WireConventions { $0.request.names = names }
        let endpoint = try Sample.url("https://api.example/token")
        let error = tokenError { try conventions.request(for: Sample.exchange(), to: endpoint) }
        try check(error, .invalidRequest, names: names.keys.map(\.standardName))
    }

    @Test(arguments: [
        [WireConventions.Field.accessToken: "token", .refreshToken: "token"], [.refreshToken: "access_token"],
        [.expiresIn: "expires", .refreshTokenExpiresIn: "expires"], [.refreshToken: "accessToken"],
        [.accessToken: "data.token", .refreshToken: "data..TOKEN."], [.accessToken: "tokens[]", .scope: "tokens"],
    ])
    func `Two fields of an answer in one member are refused by their names`(_ names: [WireConventions.Field: String])
        throws
    {
        let conventions = WireConventions { $0.answer.names = names }
        let answer = WireResponse.json(200, #"{"access_token":"canary","token":"canary","expires":1}"#)
        let error = tokenError { try conventions.tokens(in: answer) }
        try check(error, .unreadableAnswer, names: names.keys.map(\.standardName))
    }

    @Test(arguments: ["", ".", "[]", "_"])
    func `An empty name is refused by its field`(_ name: String) throws {
        let conventions = WireConventions {
            $0.answer.names = [.refreshToken: name]
            $0.request.names = [.clientID: ""]
        }
        let answer = WireResponse.json(200, #"{"access_token":"canary","refresh_token":"canary"}"#)
        try check(tokenError { try conventions.tokens(in: answer) }, .unreadableAnswer, names: ["refresh_token"])
        let endpoint = try Sample.url("https://api.example/token")
        let error = tokenError { try conventions.request(for: Sample.exchange(), to: endpoint) }
        try check(error, .invalidRequest, names: ["client_id"])
    }

    @Test func `A request may use the name of an answer's member`() throws {
        let conventions = WireConventions { $0.request.names = [.token: "access_token"] }
        let tokens = try TokenSet(accessToken: "canary")
        let (client, endpoint) = (Sample.exchange().credentials, try Sample.url("https://api.example/revoke"))
        let request = try conventions.revocation(of: tokens, by: client, at: endpoint)
        #expect(request.body?.data.starts(with: Data("access_token=canary".utf8)) == true)
    }

    @Test func `A standard name that is another field's own is not looked for`() throws {
        let names = [WireConventions.Field.accessToken: "RefreshToken", .refreshToken: "renewal"]
        let conventions = WireConventions { $0.answer.names = names }
        let tokens = try conventions.tokens(in: .json(200, #"{"refresh_token":"canary"}"#))
        #expect(tokens.accessToken.revealed == "canary")
        #expect(tokens.refreshToken == nil)
    }

    @Test(arguments: ["Accept", "user-agent", "Content-Type", "Content-Length"])
    func `A header whose value is shown carries no token`(_ name: String) throws {
        let access = ResourceAccess(
            token: try AccessToken("canary-token"),
            credentials: ClientCredentials(id: "c", secret: "s"),
            date: Sample.date,
            nonce: "n"
        )
        for scheme in [nil, "Bearer"] {
            let dialect = Sample.standard(WireConventions { $0.tokenPlacement = .header(name, scheme: scheme) })
            var request = WireRequest("GET", try Sample.url("https://api.acme.example/"))
            let error = tokenError { try dialect.authorize(&request, for: access) }
            try check(error, .invalidRequest, names: [name])
            #expect(request.headers[name] == nil)
        }
    }

    @Test func `A name with control characters acts on no terminal`() throws {
        let name = "a\u{1B}[2J"
        let answer = WireResponse.json(200, #"{"access_token":"t","a\u001b[2J":[],"a\u001b[2J":[]}"#)
        let once = WireResponse.json(200, #"{"access_token":"t","a\u001b[2J":[]}"#)
        let conventions = WireConventions {
            $0.answer.extras = [.init(stringLiteral: name)]
            $0.refusal.success = .init(name, true)
            $0.request.added = [WireField(name, "1")]
        }
        for answer in [answer, once] {
            let error = tokenError { try conventions.tokens(in: answer) }
            #expect(error?.message.contains("a\\u{1b}[2J") == true)
        }
        let refusal = Sample.standard(conventions).refusal(in: once)
        #expect(refusal?.message?.contains("a\\u{1b}[2J") == true)
        let request = try conventions.request(for: Sample.exchange(), to: Sample.url("https://api.example/token"))
        #expect(!request.summary.contains("\u{1B}"))
    }

    @Test func `A secret number that a provider quotes is not shown`() async throws {
        let dialect = Sample.standard(WireConventions { $0.answer.secretExtras = ["pin"] })
        let body = #"{"error":"invalid_request","error_description":"No 1743705066000.","pin":1743705066000}"#
        let error = await Rig(dialect: dialect, provider: StubProvider { _ in .json(400, body) }).failure()
        #expect(error?.refusal?.message == "No <redacted>.")
        Printed(try #require(error)).lacks(["17437"])
    }

    @Test(arguments: [#""canary""#, "true", "-1", #"{"canary":1}"#, "1743705066", #""2025-04-03""#, #""""#, "1e400"])
    func `An expiry that is no date or lies in the past is refused by its name`(_ date: String) throws {
        let answer = WireResponse.json(200, #"{"access_token":"canary","ends":\#(date)}"#)
        let conventions = WireConventions { $0.answer.names = [.expiresAt: "ends"] }
        var exchange = Sample.exchange()
        exchange.date = Date(timeIntervalSince1970: 1_743_705_067)
        try check(tokenError { try conventions.tokens(in: answer, for: exchange) }, .unreadableAnswer, names: ["ends"])
    }

    @Test(arguments: [#"{"canary":1}"#, #"["canary"]"#, "\"" + String(repeating: "canary", count: 1707) + "\""])
    func `An extra that is no short text is refused by its name`(_ value: String) throws {
        let conventions = WireConventions { $0.answer.extras = ["open_id"] }
        let answer = WireResponse.json(200, #"{"access_token":"t","open_id":\#(value)}"#)
        try check(tokenError { try conventions.tokens(in: answer) }, .unreadableAnswer, names: ["open_id"])
    }

    @Test func `An extra may have 1 KiB, and no byte more`() throws {
        let conventions = WireConventions { $0.answer.extras = ["open_id"] }
        func answer(_ count: Int) -> WireResponse {
            .json(200, #"{"access_token":"t","open_id":"\#(String(repeating: "a", count: count))"}"#)
        }
        #expect(try conventions.tokens(in: answer(1024)).extras["open_id"]?.revealed.count == 1024)
        #expect(tokenError { try conventions.tokens(in: answer(1025)) }?.code == .unreadableAnswer)
    }

    @Test(arguments: [
        (WireConventions.RefusalFormat.Success("ok", true), #""canary""#), (.init("ok", true), "1"),
        (.init("ok", true), #"{"canary":true}"#), (.init("ok", 0), "false"), (.init("ok", 0), #""canary""#),
        (.init("ok", 0), "[0]"), (.init("ok", "OK"), "true"), (.init("ok", "OK"), #"["OK"]"#),
    ])
    func `A success member of another type is a refusal that names it`(
        _ success: WireConventions.RefusalFormat.Success,
        _ value: String
    ) async throws {
        let dialect = Sample.standard(WireConventions { $0.refusal.success = success })
        let rig = Rig(
            dialect: dialect,
            provider: StubProvider { _ in .json(200, #"{"ok":\#(value),"access_token":"canary-token"}"#) }
        )
        try check(await rig.failure(), .unavailable, names: ["member ok"])
    }

    @Test(arguments: [
        (WireConventions.RefusalFormat.Success("ok", true), #""true""#), (.init("ok", 0), #""0""#),
        (.init("ok", "0"), "0"),
        (.init("ok", true), "null"),
    ])
    func `A success member may be written as a text, and may be missing`(
        _ success: WireConventions.RefusalFormat.Success,
        _ value: String
    ) {
        let dialect = Sample.standard(WireConventions { $0.refusal.success = success })
        #expect(dialect.refusal(in: .json(200, #"{"ok":\#(value),"access_token":"t"}"#)) == nil)
    }
}
