import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

@Suite(.timeLimit(.minutes(5)))
struct AuthorizedRequestTests {
    private static let url = URL(string: "https://sb-open.wetix.my/graphql")!

    /// A WeTix provider whose API answers as the test says.
    private func rig(_ api: @escaping @Sendable (StubProvider.Call) -> WireResponse) -> Rig {
        let tokens = Counter()
        let provider = StubProvider { call in
            guard call.request.url.path.hasPrefix("/auth/") else { return api(call) }
            tokens.increment()
            return .tokens("access-\(tokens.count)")
        }
        return Rig(provider: provider)
    }

    private func apiCalls(_ rig: Rig) -> [StubProvider.Call] {
        rig.provider.calls.filter { !$0.request.url.path.hasPrefix("/auth/") }
    }

    @Test func `A request carries the token and comes back as from URLSession`() async throws {
        let rig = rig { _ in WireResponse(status: 201, headers: ["X-Answer": "42"], body: Data("hello".utf8)) }
        var request = URLRequest(url: Self.url)
        request.httpMethod = "POST"
        request.httpBody = Data("{}".utf8)
        request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        let (data, response) = try await rig.session.data(for: request)
        #expect(data == Data("hello".utf8))
        #expect(response.statusCode == 201)
        #expect(response.value(forHTTPHeaderField: "x-answer") == "42")
        let call = try #require(apiCalls(rig).first)
        #expect(call.request.headers["Authorization"] == "Bearer access-1")
        #expect(call.request.headers["content-type"] == "application/json")
        #expect(call.request.method == "POST")
        #expect(call.request.body?.data == Data("{}".utf8))
    }

    @Test func `Fifty requests turned away together cause one renewal, and all succeed`() async throws {
        let rig = rig { $0.bearer == "access-1" ? WireResponse(status: 401) : WireResponse(status: 200) }
        _ = try await rig.token
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<50 {
                group.addTask { try await rig.session.data(for: URLRequest(url: Self.url)).1.statusCode }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(statuses == Array(repeating: 200, count: 50))
        #expect(rig.provider.grantTypes.count == 2)
    }

    @Test func `A 401 that comes back after the retry is returned, not looped on`() async throws {
        let rig = rig { _ in .json(401, #"{"errors":["token is not linked to any seller"]}"#) }
        let (data, response) = try await rig.session.data(for: URLRequest(url: Self.url))
        #expect(response.statusCode == 401)
        #expect(String(decoding: data, as: UTF8.self).contains("seller"))
        #expect(apiCalls(rig).count == 2)
    }

    @Test(arguments: [400, 403, 404, 409, 429, 500, 503])
    func `Any other status is returned at once, and never repeated`(_ status: Int) async throws {
        let rig = rig { _ in WireResponse(status: status) }
        var request = URLRequest(url: Self.url)
        request.httpMethod = "POST"
        #expect(try await rig.session.data(for: request).1.statusCode == status)
        #expect(apiCalls(rig).count == 1)
        #expect(rig.provider.grantTypes.count == 1)
    }

    @Test func `GraphQL says no with status 200, and the caller says what a rejection is`() async throws {
        let rig = rig { call in
            call.bearer == "access-1" ? .json(200, #"{"errors":[{"message":"no"}]}"#) : .json(200, #"{"data":{}}"#)
        }
        let answer = try await rig.session.withAccessToken { token -> TokenSession.Attempt<String> in
            var request = WireRequest("POST", Self.url, body: .json([WireField("query", "{ me }")]))
            request.headers["Authorization"] = token.authorizationHeader.revealed
            let text = String(decoding: try await rig.provider.send(request, .api).body, as: UTF8.self)
            return text.contains("errors") ? .rejected(text) : .accepted(text)
        }
        #expect(answer == #"{"data":{}}"#)
        #expect(rig.provider.grantTypes.count == 2)
    }

    @Test(arguments: [
        "https://evil.example/", "https://open.wetix.my.evil.example/", "https://sb-open.wetix.my:8443/",
        "http://sb-open.wetix.my/", "http://127.0.0.1:8080/", "https://sb-open.wetix.my@evil.example/",
    ])
    func `A request outside the API origins throws before anything is sent`(_ url: String) async throws {
        let rig = rig { _ in WireResponse(status: 200) }
        let error = await #expect(throws: TokenError.self) {
            try await rig.session.data(for: URLRequest(url: URL(string: url)!))
        }
        #expect(error?.code == .untrustedHost || error?.code == .insecureEndpoint)
        if error?.code == .untrustedHost { #expect(error?.hint?.contains("apiHosts:") == true) }
        #expect(rig.provider.calls.isEmpty)
    }

    @Test func `A header value with a line break throws before anything is sent`() async throws {
        let rig = rig { _ in WireResponse(status: 200) }
        let request = WireRequest("GET", Self.url, headers: ["X-Name": "a\r\nX-Other: b"])
        let error = await #expect(throws: TokenError.self) { try await rig.session.send(request) }
        #expect(error?.code == .invalidRequest)
        #expect(error?.message.contains("X-Name") == true)
        #expect(rig.provider.calls.isEmpty)
    }

    @Test(arguments: [TimeInterval.nan, .infinity, -.infinity, -1, 0])
    func `A timeout that can't be is bounded`(_ timeout: TimeInterval) async throws {
        let rig = rig { _ in WireResponse(status: 200) }
        var request = URLRequest(url: Self.url)
        request.timeoutInterval = timeout
        #expect(try await rig.session.data(for: request).1.statusCode == 200)
    }

    @Test func `An answer beyond the limit is an error, not a part of it`() async throws {
        let rig = rig { _ in WireResponse(status: 200, body: Data("part".utf8), isCutOff: true) }
        let error = await #expect(throws: TokenError.self) { try await rig.session.send(WireRequest("GET", Self.url)) }
        #expect(error?.code == .answerTooLarge)
    }

    @Test func `Each attempt is authorized anew, with a nonce of its own`() async throws {
        let dialect = WeTixDialect(.sandbox).overriding {
            $0.authorize = { request, access, base in
                try base.authorize(&request, for: access)
                request.headers["X-Nonce"] = access.nonce
            }
        }
        let tokens = Counter()
        let provider = StubProvider { call in
            guard call.request.url.path.hasPrefix("/auth/") else { return WireResponse(status: 401) }
            tokens.increment()
            return .tokens("access-\(tokens.count)")
        }
        let rig = Rig(dialect: dialect, provider: provider)
        _ = try await rig.session.send(WireRequest("GET", Self.url))
        let nonces = apiCalls(rig).map { $0.request.headers["X-Nonce"] ?? "" }
        #expect(nonces.count == 2)
        #expect(Set(nonces).count == 2)
        #expect(nonces.allSatisfy { $0.count == 32 && $0.allSatisfy(\.isHexDigit) })
    }

    @Test func `A dialect can't send a token elsewhere by changing the URL`() async throws {
        let dialect = WeTixDialect(.sandbox).overriding {
            $0.authorize = { request, access, base in
                request.url = URL(string: "https://evil.example/")!
                try base.authorize(&request, for: access)
            }
        }
        let rig = Rig(dialect: dialect)
        let error = await #expect(throws: TokenError.self) { try await rig.session.send(WireRequest("GET", Self.url)) }
        #expect(error?.code == .untrustedHost)
        #expect(rig.provider.calls.allSatisfy { $0.request.url.host() == "sb-oauth.wetix.my" })
    }
}
