import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

@Suite(.timeLimit(.minutes(5)))
struct ConnectionWaitTests {
    @Test func `A token's life begins when its request is sent, and not while it waits for a connection`() async throws
    {
        // Nobody's time is over when the clock jumps.
        let rig = Rig(policy: .unhurried)
        rig.provider.answer { [clock = rig.clock] _ in
            clock.advance(by: .seconds(20))
            var response = WireResponse.tokens("access", lifetime: 30)
            response.connectionWait = .seconds(20)
            return response
        }
        let token = try await rig.session.accessToken()
        #expect(token.expiresAt == rig.clock.date + 30)
        #expect(rig.session.status.nextAt.map { $0 >= rig.clock.date + 15 } == true)
    }

    #if os(Linux)
    @Test func `The platform's transport says how long a request waited for a connection`() async throws {
        let sandbox = ProviderSandbox(.weTix, clock: .system)
        sandbox.latency = .milliseconds(200)
        let server = try await sandbox.serve()
        var configuration = LibcurlTransport.Configuration()
        configuration.connectionsPerOrigin = 2
        let transport = try LibcurlTransport(configuration)
        let waits = try await withThrowingTaskGroup(of: Duration.self) { group in
            for _ in 0..<3 {
                group.addTask { try await transport.send(WireRequest("GET", server.url), .token).connectionWait }
            }
            return try await group.reduce(into: []) { $0.append($1) }.sorted()
        }
        #expect(waits[2] >= .milliseconds(150))
        #expect(waits[1] < waits[2])
        await server.stop()
    }
    #endif
}
