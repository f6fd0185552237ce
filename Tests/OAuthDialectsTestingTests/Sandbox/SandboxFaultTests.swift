import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

@Suite(.timeLimit(.minutes(5)))
struct SandboxFaultTests {
    @Test func `Faults come one after the other, then the standing one, until it recovers`() async throws {
        let sandbox = ProviderSandbox(.weTix)
        let request = Talk.right(Sample.all[0]).request
        sandbox.fail(with: .internalServerError)
        sandbox.failNext(.badGateway, .tooManyRequests(retryAfter: .seconds(7)), at: .tokenEndpoints)
        sandbox.failNext(.garbage, at: .api)
        let first = sandbox.respond(to: request)
        #expect(first.status == 502 && first.text.contains("<html>"))
        let second = sandbox.respond(to: request)
        #expect(second.status == 429 && second.headers["Retry-After"] == "7")
        #expect(sandbox.respond(to: request).status == 500)
        #expect(sandbox.respond(to: request).status == 500)
        sandbox.recover()
        #expect(sandbox.respond(to: request).status == 200)
        #expect(sandbox.counters.faults == 4 && sandbox.counters.tokensIssued == 1)
        #expect(sandbox.transcript.first?.outcome == "Fault: 502 with a gateway's HTML page.")
    }

    @Test(arguments: Sample.all)
    func `Every status fault is read as a refusal that may pass`(sample: Sample) throws {
        let faults: [SandboxFault] = [
            .internalServerError, .badGateway, .serviceUnavailable, .serviceUnavailable(retryAfter: .seconds(3)),
            .tooManyRequests(), .errorAt200,
        ]
        for fault in faults {
            let sandbox = ProviderSandbox(sample.provider)
            sandbox.failNext(fault)
            let response = sandbox.respond(to: Talk.right(sample).request)
            let refusal = try #require(sandbox.dialect().refusal(in: response), "\(fault)")
            let exchange = TokenExchange(grant: .clientCredentials(), credentials: sandbox.credentials, date: Date())
            #expect(sandbox.dialect().remedy(for: refusal, of: exchange) == .retryLater, "\(fault)")
        }
    }

    @Test func `What is no answer is a failure of the transport`() async throws {
        let clock = TestClock()
        let sandbox = ProviderSandbox(.revenueMonster, clock: clock)
        let request = Talk.right(.revenueMonster).request
        sandbox.failNext(.connectionRefused, .lostAnswer, .timeout)
        let refused = await #expect(throws: WireFailure.self) { try await sandbox.send(request, .token) }
        #expect(refused?.reason == .notConnected && refused?.mayHaveArrived == false)
        #expect(sandbox.counters.tokensIssued == 0)
        let lost = await #expect(throws: WireFailure.self) { try await sandbox.send(request, .token) }
        #expect(lost?.mayHaveArrived == true)
        #expect(sandbox.counters.tokensIssued == 1)
        let waiting = Task { try await sandbox.send(request, .token) }
        try await clock.waitForSleepers()
        clock.advance(by: .seconds(10))
        let late = await #expect(throws: WireFailure.self) { try await waiting.value }
        #expect(late?.reason == .timedOut)
        #expect(sandbox.transcript.map(\.status) == [nil, nil, nil])
    }

    @Test func `A lost answer spends a rotating refresh token`() async throws {
        let sandbox = ProviderSandbox(.revenueMonster)
        let session = sandbox.session(identity: .user(try Account("merchant")))
        try await session.signIn(with: sandbox.issueCode())
        sandbox.failNext(.lostAnswer)
        await #expect(throws: TokenError.self) { try await session.renew() }
        #expect(sandbox.counters.tokensIssued == 2 && sandbox.counters.reuses == 0)
    }

    @Test func `A body beyond the limit is cut off`() async throws {
        let sandbox = ProviderSandbox(.weTix)
        sandbox.failNext(.response(WireResponse(status: 200, body: Data(count: 100))))
        let response = try await sandbox.send(
            WireRequest("GET", sandbox.url("/things")),
            WireLimits(maximumBodyBytes: 10, timeout: .seconds(1))
        )
        #expect(response.body.count == 10 && response.isCutOff)
    }

    @Test(arguments: Sample.all)
    func `A served sandbox answers over a real socket`(sample: Sample) async throws {
        let sandbox = ProviderSandbox(sample.provider, clock: .system)
        sandbox.stub("GET", "/things", json: "[1]")
        let server = try await sandbox.serve()
        // A busy machine is no provider that is down.
        var policy = RenewalPolicy.standard
        policy.timeout = .seconds(60)
        let session = sandbox.session(at: server.url, transport: .system, policy: policy)
        let request = WireRequest("GET", server.url.appending(path: "things"))
        #expect(try await session.send(request).text == "[1]")
        sandbox.revokeAccessTokens()
        #expect(try await session.send(request).text == "[1]")
        sandbox.fail(with: .connectionRefused, at: .api)
        let failure = await #expect(throws: TokenError.self) { try await session.send(request) }
        #expect(failure?.code == .requestFailed)
        #expect(sandbox.complaints == [])
        await server.stop()
    }
}
