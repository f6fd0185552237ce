import Foundation
import InMemoryTracing
import OAuthDialects
import OAuthDialectsTesting
import Testing
import Tracing

@Suite(.timeLimit(.minutes(5)))
struct TelemetryTests {
    static let providers: [String: ProviderSandbox.Provider] = [
        "wetix": .weTix, "revenue-monster": .revenueMonster, "tiki": .tiki,
    ]

    /// A good day and a bad one: fetched, rejected, renewed, refused, down.
    private func live(with overheard: Overheard) async throws {
        let (sandbox, session) = (overheard.sandbox, overheard.session)
        let request = WireRequest(
            "GET",
            sandbox.url("/me").appending(queryItems: [URLQueryItem(name: "key", value: "value-of-a-query")])
        )
        _ = try await session.send(request)
        sandbox.revokeAccessTokens()
        _ = try await session.send(request)
        sandbox.fail(with: .badGateway, at: .tokenEndpoints)
        await #expect(throws: TokenError.self) { try await overheard.hurry { try await session.renew() } }
        sandbox.recover()
        sandbox.advance(by: .seconds(3600))
        sandbox.failNext(.connectionRefused, at: .tokenEndpoints)
        // While it backs off the session makes one attempt per renewal.
        await #expect(throws: TokenError.self) { try await overheard.hurry { try await session.renew() } }
        sandbox.advance(by: .seconds(300))
        _ = try await overheard.hurry { try await session.renew() }
    }

    @Test(arguments: providers.keys.sorted())
    func `No secret is in a line, a label or a span`(name: String) async throws {
        let overheard = Overheard(Self.providers[name] ?? .tiki, named: name)
        try await live(with: overheard)
        let (words, secrets) = (overheard.words, overheard.secrets)
        #expect(secrets.count >= 9)
        #expect(words.count > 20)
        for secret in secrets {
            #expect(!words.contains { $0.contains(secret) }, "a secret of \(secret.count) characters got out")
        }
        #expect(!words.contains { $0.contains("value-of-a-query") })
    }

    @Test func `Each event is a line at its own level, and is counted`() async throws {
        let overheard = Overheard(.tiki, named: "tiki")
        let told = overheard.session.events
        var heard = told.makeAsyncIterator()
        _ = try await overheard.session.accessToken()
        let first = try #require(await heard.next())
        let line = try #require(overheard.logs.entries.first)
        #expect("\(line.message)" == first.message)
        #expect("\(line.level)" == "\(first.level)")
        #expect(line.metadata["event"] == "renewal.started")
        #expect(line.metadata["provider"] == "tiki")
        for name in ["renewal.started", "exchange.sent", "exchange.answered", "renewal.succeeded"] {
            let counter = try overheard.metrics.expectCounter(
                "oauth.events",
                [("provider", "tiki"), ("event", name)]
            )
            #expect(counter.totalValue == 1)
        }
    }

    @Test func `Exchanges and renewals are timed by outcome`() async throws {
        let overheard = Overheard(.tiki, named: "tiki")
        overheard.sandbox.failNext(.badGateway, at: .tokenEndpoints)
        let session = overheard.session
        _ = try await overheard.hurry { try await session.accessToken() }
        for outcome in ["502", "200"] {
            let timer = try overheard.metrics.expectTimer(
                "oauth.exchange.duration",
                [("provider", "tiki"), ("outcome", outcome)]
            )
            #expect(timer.values.count == 1)
        }
        let timer = try overheard.metrics.expectTimer(
            "oauth.renewal.duration",
            [("provider", "tiki"), ("outcome", "authenticate")]
        )
        #expect(timer.values.count == 1)
    }

    @Test func `An exchange is a span, a caller's own a child of the caller's`() async throws {
        let overheard = Overheard(.tiki, named: "tiki")
        let (session, sandbox, tracer) = (overheard.session, overheard.sandbox, overheard.tracer)
        let outer = tracer.startSpan("work", context: .topLevel)
        try await ServiceContext.withValue(outer.context) {
            _ = try await session.send(WireRequest("GET", sandbox.url("/me")))
        }
        outer.end()
        let spans = tracer.finishedSpans
        #expect(spans.map(\.operationName) == ["POST tiki", "GET tiki", "work"])
        #expect(spans[0].parentSpanID == nil)
        #expect(spans[1].parentSpanID == outer.spanID)
        #expect(spans.dropLast().allSatisfy { $0.kind == .client })
        #expect(spans[0].attributes["url.path"]?.toSpanAttribute() == "/sc/oauth2/token")
        #expect(spans[0].attributes["server.address"]?.toSpanAttribute() == "sandbox.example")
        #expect(spans[0].attributes["http.response.status_code"]?.toSpanAttribute() == 200)
        #expect(spans[0].status == nil)
    }

    @Test func `An exchange that fails is a span that says so`() async throws {
        let overheard = Overheard(.tiki, named: "tiki")
        overheard.sandbox.failNext(.connectionRefused, .badGateway, at: .tokenEndpoints)
        let session = overheard.session
        _ = try await overheard.hurry { try await session.accessToken() }
        let spans = overheard.tracer.finishedSpans
        #expect(spans[0].errors.count == 1)
        #expect(spans[0].status?.code == .error)
        #expect(spans[1].attributes["http.response.status_code"]?.toSpanAttribute() == 502)
        #expect(spans[1].status?.code == .error)
        #expect(spans[2].status == nil)
    }
}
