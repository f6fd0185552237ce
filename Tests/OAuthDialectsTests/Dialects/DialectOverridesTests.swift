import Foundation
import OAuthDialects
import Testing

struct DialectOverridesTests {
    /// A dialect of which no member is what RFC 6749 has.
    struct Odd: ProviderDialect {
        let name = "odd"
        let conventions = WireConventions {
            $0.request.bodyEncoding = .json
            $0.request.fieldNaming = .camelCase
            $0.request.clientAuthentication = .body
            $0.scopeSeparator = "|"
            $0.refreshTokenRotation = .reusable
        }
        let apiOrigins: APIOrigins = ["odd.example"]
        let authorizationEndpoint = URL(string: "https://odd.example/authorize")
        let revocationEndpoint = URL(string: "https://odd.example/revoke")
        let issuer: String? = "odd"
        let signer: (any RequestSigner)? = StubSigner(key: "odd")
        func tokenEndpoint(for grant: Grant) -> URL? {
            if case .other = grant { nil } else { URL(string: "https://odd.example/\(grant.type)") }
        }
        func request(for exchange: TokenExchange) throws -> WireRequest {
            WireRequest("PUT", tokenEndpoint(for: exchange.grant)!, headers: ["Odd": "request"])
        }
        func revocationRequest(for tokens: TokenSet, by client: ClientCredentials) throws -> WireRequest? {
            WireRequest("LOCK", revocationEndpoint!)
        }
        func apiOrigins(for extras: [String: Secret]) throws -> APIOrigins {
            try apiOrigins.adding("host", of: extras, under: ["odd.example"])
        }
        func refusal(in response: WireResponse) -> Refusal? { Refusal(status: 299, code: "odd") }
        func remedy(for refusal: Refusal, of exchange: TokenExchange) -> Remedy { .fixConfiguration(hint: "odd") }
        func tokens(in response: WireResponse, for exchange: TokenExchange) throws -> TokenSet {
            try TokenSet(accessToken: "odd")
        }
        func authorize(_ request: inout WireRequest, for access: ResourceAccess) throws {
            request.headers["Odd"] = "authorized"
        }
        func isTokenRejection(_ response: WireResponse) -> Bool { response.status == 299 }
    }

    /// What every member of a dialect gives, by the member's name.
    static func members(_ dialect: any ProviderDialect) throws -> [String: String] {
        let exchange = Sample.exchange(.clientCredentials(scopes: ["a", "b"]))
        let answer = Sample.answer(#"{"access_token":"t"}"#)
        var request = WireRequest("GET", try Sample.url("https://odd.example"))
        let access = ResourceAccess(
            token: try AccessToken("t"),
            credentials: exchange.credentials,
            date: Sample.date,
            nonce: "n"
        )
        let tokens = try TokenSet(accessToken: "t")
        try dialect.authorize(&request, for: access)
        let sent = try dialect.request(for: exchange)
        let endpoints = [.clientCredentials(), try Sample.refresh(), Sample.code, .other(type: "t", fields: [])].map {
            dialect.tokenEndpoint(for: $0)?.absoluteString ?? "none"
        }
        let signIn = AuthorizationRequest(
            clientID: "c",
            redirectURI: "https://a.example",
            scopes: ["a", "b"],
            state: "s"
        )
        return [
            "issuer": dialect.issuer ?? "none",
            "authorizationURL": (try? dialect.authorizationURL(for: signIn).absoluteString) ?? "none",
            "name": dialect.name,
            "conventions": "\(dialect.conventions)",
            "apiOrigins": dialect.apiOrigins.origins.map(\.description).sorted().joined(),
            "tokenOrigins":
                "\(try dialect.apiOrigins(for: ["host": "a.odd.example"]).origins.map(\.description).sorted())",
            "authorizationEndpoint": "\(dialect.authorizationEndpoint?.absoluteString ?? "none")",
            "revocationEndpoint": "\(dialect.revocationEndpoint?.absoluteString ?? "none")",
            "tokenEndpoint": endpoints.joined(separator: " "),
            "request":
                "\(sent.method) \(sent.url) \(sent.headers.fields) \(String(decoding: sent.body?.data ?? Data(), as: UTF8.self))",
            "revocationRequest": try dialect.revocationRequest(for: tokens, by: exchange.credentials).map {
                "\($0.method) \($0.url)"
            }
                ?? "none",
            "refusal": "\(String(describing: dialect.refusal(in: answer)))",
            "remedy": "\(dialect.remedy(for: Refusal(status: 400, code: "invalid_grant"), of: exchange))",
            "tokens": try dialect.tokens(in: answer, for: exchange).accessToken.revealed,
            "authorize": "\(request.headers.fields)",
            "isTokenRejection": "\([200, 299, 401].map { dialect.isTokenRejection(WireResponse(status: $0)) })",
        ]
    }

    typealias Change = @Sendable (inout DialectOverrides) -> Void

    static let url = URL(string: "https://changed.example/x")!
    static let changes: [(members: Set<String>, change: Change)] = [
        ([], { _ in }),
        (["name"], { $0.name = "changed" }),
        (
            ["conventions", "request"],
            {
                $0.conventions.scopeSeparator = "!"
            }
        ),
        (["apiOrigins", "tokenOrigins"], { $0.apiOrigins = APIOrigins(["changed.example"]) }),
        (["tokenOrigins"], { $0.tokenOrigins = { _, _ in ["token.example"] } }),
        (["tokenEndpoint", "request"], { $0.tokenEndpoint = { _, _ in url } }),
        (["request"], { $0.request = { _, _ in WireRequest("PATCH", url) } }),
        (["refusal"], { $0.refusal = { _, _ in Refusal(status: 1) } }),
        (["remedy"], { $0.remedy = { _, _, _ in .retryLater } }),
        (["tokens"], { $0.tokens = { _, _, _ in try TokenSet(accessToken: "changed") } }),
        (["authorize"], { $0.authorize = { request, _, _ in request.headers["Changed"] = "yes" } }),
        (["isTokenRejection"], { $0.isTokenRejection = { _, _ in true } }),
        (["authorizationEndpoint", "authorizationURL"], { $0.authorizationEndpoint = url }),
        (["issuer"], { $0.issuer = "changed" }),
        (["revocationEndpoint", "revocationRequest"], { $0.revocationEndpoint = url }),
        (["revocationRequest"], { $0.revocationRequest = { _, _, _ in WireRequest("DELETE", url) } }),
    ]

    @Test func `One thing is changed and everything else is the base's`() throws {
        let bases: [any ProviderDialect] = [Odd()] + NamedDialect.all.map(\.dialect)
        for base in bases {
            for (members, change) in Self.changes {
                // Other conventions are seen in the URL where there is one.
                var changed = members
                if members.contains("conventions") {
                    if base.authorizationEndpoint != nil { changed.insert("authorizationURL") }
                }
                let before = try Self.members(base)
                // Twice, because a wrapper around a wrapper has to forward as well.
                for dialect in [base.overriding(change), base.overriding { _ in }.overriding(change)] {
                    let after = try Self.members(dialect)
                    let different = Set(before.keys.filter { before[$0] != after[$0] })
                    #expect(different == changed, "\(base.name)")
                }
            }
        }
    }

    @Test func `Every change has a test`() {
        let names = Set(Mirror(reflecting: DialectOverrides()).children.compactMap(\.label))
        let changed = Self.changes.reduce(into: Set<String>()) { $0.formUnion($1.members) }
        // The URL follows from the endpoint and the conventions.
        #expect(names == changed.subtracting(["authorizationURL"]))
    }

    @Test func `A function gets the base to fall back to`() throws {
        let dialect = TikiDialect(.production).overriding {
            $0.remedy = { refusal, exchange, base in
                refusal.code == "odd" ? .retryLater : base.remedy(for: refusal, of: exchange)
            }
            $0.tokenEndpoint = { grant, base in base.tokenEndpoint(for: grant)?.appending(path: "more") }
        }
        #expect(dialect.remedy(for: Refusal(status: 400, code: "odd"), of: Sample.exchange()) == .retryLater)
        #expect(
            dialect.remedy(for: Refusal(status: 400, code: "invalid_grant"), of: Sample.exchange()) == .discardGrant
        )
        let request = try dialect.request(for: Sample.exchange(Sample.refresh()))
        #expect(request.url.absoluteString == "https://api.tiki.vn/sc/oauth2/token/more")
        #expect(try request.decodedFields()["client_id"] == "client")
    }

    @Test func `A part of the conventions that is changed counts, and the base's functions for the others`() throws {
        let base = RevenueMonsterDialect(.production)
        let dialect = base.overriding { $0.conventions.refusal.remedies["TOO_OLD"] = .discardGrant }
        let exchange = Sample.exchange(try Sample.refresh())
        #expect(dialect.remedy(for: Refusal(status: 400, code: "TOO_OLD"), of: exchange) == .discardGrant)
        for code in ["invalid_client", "RATE_LIMITED", nil] {
            let refusal = Refusal(status: 400, code: code)
            #expect(dialect.remedy(for: refusal, of: exchange) == base.remedy(for: refusal, of: exchange))
        }
        #expect(try dialect.request(for: exchange).body?.data == base.request(for: exchange).body?.data)
        let nested = base.overriding { $0.conventions.answer.containers = ["item"] }
        let answer = Sample.answer(#"{"item":{"accessToken":"t","tokenType":"Bearer"}}"#)
        #expect(try nested.tokens(in: answer, for: exchange).accessToken == "t")
        let moved = base.overriding { $0.conventions.tokenPlacement = .header("X-Token") }
        var request = WireRequest("GET", try Sample.url("https://open.revenuemonster.my/v3/user"))
        let token = try AccessToken("t")
        let access = ResourceAccess(token: token, credentials: exchange.credentials, date: Sample.date, nonce: "n")
        try moved.authorize(&request, for: access)
        #expect(request.headers.fields.map { "\($0.name): \($0.value)" } == ["X-Token: t"])
    }

    @Test func `An override that finds no refusal is not overruled`() {
        let dialect = Odd().overriding { $0.refusal = { _, _ in nil } }
        #expect(dialect.refusal(in: Sample.answer("", status: 500)) == nil)
    }

    @Test func `An override may take a grant away, or bring one`() throws {
        let without = Sample.standard().overriding { $0.tokenEndpoint = { _, _ in nil } }
        #expect(tokenError { try without.request(for: Sample.exchange()) }?.code == .unsupportedGrant)
        let with = WeTixDialect(.production).overriding { $0.tokenEndpoint = { _, _ in Self.url } }
        let request = try with.request(for: Sample.exchange(.other(type: "urn:x", fields: [("assertion", "a")])))
        #expect(try request.decodedJSON() == ["grant_type": "urn:x", "assertion": "a"])
        #expect(request.url == Self.url)
    }

    @Test func `An overridden endpoint has to be secure as well`() throws {
        let plain = try Sample.url("http://evil.example/token")
        let dialect = Odd().overriding { $0.tokenEndpoint = { _, _ in plain } }
        #expect(tokenError { try dialect.request(for: Sample.exchange()) }?.code == .insecureEndpoint)
    }
}
