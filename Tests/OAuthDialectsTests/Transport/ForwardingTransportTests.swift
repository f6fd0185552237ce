import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

/// A transport of an app's own that sends by another one.
private struct Forwarding: WireTransport {
    let base: any WireTransport

    var waitsForConnections: Bool { base.waitsForConnections }

    func send(_ request: WireRequest, _ limits: WireLimits) async throws -> WireResponse {
        try await base.send(request, limits)
    }
}

/// A transport in which every request waits for 20 s before it goes.
private struct Crowded: WireTransport {
    let clock: TestClock
    let waitsForConnections: Bool

    func send(_ request: WireRequest, _ limits: WireLimits) async throws -> WireResponse {
        try await clock.sleep(until: clock.now + .seconds(20))
        return .tokens("access")
    }
}

@Suite(.timeLimit(.minutes(5)))
struct ForwardingTransportTests {
    /// What a session gets whose requests wait for longer than an exchange may take.
    private func token(_ waitsForConnections: Bool) async -> Result<String, any Error> {
        let clock = TestClock()
        let base = Crowded(clock: clock, waitsForConnections: waitsForConnections)
        let session = TokenSession(
            dialect: .weTix(.sandbox),
            credentials: ClientCredentials(id: "client", secret: "s3cret"),
            transport: Forwarding(base: base),
            clock: clock
        )
        let hasEnded = Locked(false)
        let caller = Task {
            defer { hasEnded.withLock { $0 = true } }
            return try await session.accessToken(within: .seconds(60)).value.revealed
        }
        await clock.drain(until: { hasEnded.withLock(\.self) }, by: .seconds(1))
        return await caller.result
    }

    @Test func `A transport that forwards keeps the time that its base waits for a connection`() async throws {
        #expect(try await token(true).get() == "access")
    }

    @Test func `A transport without a gate has the time of an exchange`() async {
        let result = await token(false)
        let error = #expect(throws: TokenError.self) { try result.get() }
        #expect(error?.code == .timedOut || error?.code == .unavailable)
    }

    @Test func `The system's transport says what its platform's does`() {
        #if os(Linux)
        #expect(SystemTransport.system.waitsForConnections)
        #endif
        #expect(!URLSessionTransport.shared.waitsForConnections)
        #expect(!SystemTransport(fallbackReason: "it is a test").waitsForConnections)
    }
}
