import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

@Suite(.timeLimit(.minutes(5)))
struct FaultPlanTests {
    private let request = Talk.right(.revenueMonster).request

    @Test func `A script strikes the requests it names and lets the others through`() {
        let sandbox = ProviderSandbox(.revenueMonster)
        sandbox.follow(.script(nil, .badGateway, nil, .empty))
        let statuses = (0..<5).map { _ in sandbox.respond(to: request) }
        #expect(statuses.map(\.status) == [200, 502, 200, 200, 200])
        #expect(statuses.map(\.body.isEmpty) == [false, false, false, true, false])
        #expect(sandbox.counters.faults == 2)
    }

    @Test func `The same seed strikes the same requests with the same faults, another seed others`() {
        func outcomes(_ rate: Double, _ seed: UInt64) -> [String] {
            let sandbox = ProviderSandbox(.revenueMonster)
            sandbox.follow(.rate(rate, seed: seed))
            for _ in 0..<300 { _ = sandbox.respond(to: request) }
            return sandbox.transcript.map { $0.outcome.contains("Fault") ? $0.outcome : "" }
        }
        let one = outcomes(0.3, 7)
        #expect(one == outcomes(0.3, 7))
        #expect(one != outcomes(0.3, 8))
        #expect((60...120).contains(one.count { !$0.isEmpty }))
        #expect(Set(one).count == SandboxFault.all.count + 1)
        #expect(outcomes(0, 7).allSatisfy(\.isEmpty) && outcomes(1, 7).allSatisfy { !$0.isEmpty })
        #expect(zip(one, outcomes(0.6, 7)).allSatisfy { $0.isEmpty || $0 == $1 })
    }

    @Test func `Scripts come before rates, and each plan keeps to its place`() {
        let sandbox = ProviderSandbox(.revenueMonster)
        sandbox.stub("GET", "/v3/orders", json: "{}")
        sandbox.follow(.rate(1, of: [.internalServerError], seed: 1).at(.tokenEndpoints))
        sandbox.follow(.script(.badGateway).at(.api))
        #expect(sandbox.respond(to: request).status == 500)
        #expect(sandbox.respond(to: WireRequest("GET", sandbox.url("/v3/orders"))).status == 502)
        #expect(sandbox.respond(to: WireRequest("GET", sandbox.url("/v3/orders"))).status == 401)
        sandbox.recover()
        #expect(sandbox.respond(to: request).status == 200)
    }

    @Test func `Half an answer, a page, and more than is read are no token, and the first one spends one`() async throws
    {
        let sandbox = ProviderSandbox(.revenueMonster)
        let exchange = TokenExchange(grant: .clientCredentials(), credentials: sandbox.credentials, date: Date())
        for fault in [SandboxFault.truncated, .wrongType, .oversized, .empty, .garbage] {
            sandbox.failNext(fault)
            let response = try await sandbox.send(request, .token)
            #expect(response.status == 200)
            #expect(throws: TokenError.self, "\(fault)") { try sandbox.dialect().tokens(in: response, for: exchange) }
            #expect(response.body.count <= WireLimits.token.maximumBodyBytes)
        }
        #expect(sandbox.counters.tokensIssued == 1)
    }

    @Test func `A reset may have arrived and is not processed; a drip is processed and never ends in time`()
        async throws
    {
        let clock = TestClock()
        let sandbox = ProviderSandbox(.revenueMonster, clock: clock)
        sandbox.follow(.script(.reset, .slowDrip))
        let reset = await #expect(throws: WireFailure.self) { try await sandbox.send(request, .token) }
        #expect(reset?.reason == .connectionLost && reset?.mayHaveArrived == true)
        #expect(sandbox.counters.tokensIssued == 0)
        let dripping = Task { try await sandbox.send(request, .token) }
        try await clock.waitForSleepers()
        clock.advance(by: .seconds(10))
        let late = await #expect(throws: WireFailure.self) { try await dripping.value }
        #expect(late?.reason == .timedOut && sandbox.counters.tokensIssued == 1)
    }

    @Test func `Over a socket, half an answer ends too soon, and a drip and a reset are what they say`() async throws {
        let sandbox = ProviderSandbox(.revenueMonster, clock: .system)
        let server = try await sandbox.serve()
        var request = request
        request.url = server.url.appending(path: "v1/token")
        // A drip of a byte each second lasts for minutes; all the rest ends by itself, however slow the machine.
        let (patient, short) = (WireLimits.api, WireLimits(maximumBodyBytes: 1 << 20, timeout: .milliseconds(1500)))
        sandbox.follow(.script(.truncated, .reset, .slowDrip, nil))
        let transport = SystemTransport.system
        for reason in [WireFailure.Reason.connectionLost, .connectionLost, .timedOut] {
            let (made, limits) = (request, reason == .timedOut ? short : patient)
            let failure = await #expect(throws: WireFailure.self) { try await transport.send(made, limits) }
            #expect(failure?.reason == reason)
        }
        #expect(try await transport.send(request, .api).status == 200)
        await server.stop()
    }

    @Test func `Latency goes by the sandbox's clock, and ends at the client's timeout`() async throws {
        let clock = TestClock()
        let sandbox = ProviderSandbox(.revenueMonster, clock: clock)
        sandbox.latency = .seconds(3)
        let answer = Task { try await sandbox.send(request, .token) }
        try await clock.waitForSleepers { $0 == [.seconds(3)] }
        clock.advance(by: .seconds(3))
        #expect(try await answer.value.status == 200)
        sandbox.latency = .seconds(20)
        let late = Task { try await sandbox.send(request, .token) }
        try await clock.waitForSleepers { $0 == [.seconds(10)] }
        clock.advance(by: .seconds(10))
        let failure = await #expect(throws: WireFailure.self) { try await late.value }
        #expect(failure?.reason == .timedOut)
    }
}
