#if os(Linux)
import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

@Suite(.timeLimit(.minutes(1)))
struct TransportFallbackTests {
    @Test func `A library that does not exist is named`() {
        let error = #expect(throws: Libcurl.Unusable.self) { try Libcurl.load("libnobody.so.4") }
        #expect(error?.description == "libnobody.so.4 could not be loaded")
    }

    @Test func `A library without libcurl's functions is not used`() {
        let error = #expect(throws: Libcurl.Unusable.self) { try Libcurl.load("libm.so.6") }
        #expect(error?.description == "curl_global_init could not be loaded")
    }

    @Test func `The system's libcurl is used`() throws {
        #expect(try Libcurl.loaded.get().number >= Libcurl.oldest)
    }

    @Test func `A session reports the fallback once, with its reason`() async throws {
        let sandbox = ProviderSandbox(.revenueMonster, clock: .system)
        let server = try await sandbox.serve()
        let log = Log()
        let session = sandbox.session(
            at: server.url,
            transport: SystemTransport(fallbackReason: "libcurl can't be used: it is a test."),
            onEvent: { log.append($0) }
        )
        _ = try await session.accessToken()
        _ = try await session.renew()
        let events = log.events.filter { $0.name == .transportFallback }
        #expect(events.count == 1)
        #expect(events.first.map { "\($0)" }?.contains("it is a test") == true)
    }

    @Test func `A session with libcurl reports no fallback`() async throws {
        let sandbox = ProviderSandbox(.revenueMonster, clock: .system)
        let server = try await sandbox.serve()
        let log = Log()
        let session = sandbox.session(at: server.url, transport: .system, onEvent: { log.append($0) })
        _ = try await session.accessToken()
        #expect(log.count(of: .transportFallback) == 0)
    }
}
#endif
