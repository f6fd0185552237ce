#if os(Linux)
import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

@Suite(.timeLimit(.minutes(5)))
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

    /// What newer versions can do is left out; the certificates are read anew for each connection, the system's folder too.
    @Test func `As if libcurl were 7.76, certificates are verified all the same`() async throws {
        var libcurl = try Libcurl.loaded.get()
        libcurl.number = Libcurl.oldest
        let authority = try await TestAuthority()
        let server = try await TLSServer(authority.certificate())
        var configuration = LibcurlTransport.Configuration()
        configuration.additionalCAFile = authority.file
        let transport = try LibcurlTransport(configuration, libcurl: libcurl)
        for _ in 0..<2 { #expect(try await transport.send(WireRequest("GET", server.url), .api).status == 200) }
        let stranger = try LibcurlTransport(libcurl: libcurl)
        let failure = await failure { try await stranger.send(.post(server.url), .api) }.wire
        #expect(failure?.reason == .tlsFailed)
        #expect(failure?.mayHaveArrived == false)
        await server.stop()
    }

    @Test func `A session with the defaults makes no URLSession task`() async throws {
        let server = try await LoopbackServer { request in
            request.method == "POST" ? .tokens("access") : WireResponse(status: 200)
        }
        let lines = try await transportWorker("defaults", server.url.absoluteString)
        #expect(lines == ["status 200", "tasks 0", "exit 0"])
        #expect(server.facts.requests == 2)
        await server.stop()
    }

    @Test func `A session reports the fallback once, with its reason`() async throws {
        let sandbox = ProviderSandbox(.revenueMonster, clock: .system)
        let server = try await sandbox.serve()
        let log = Log()
        let session = sandbox.session(
            at: server.url,
            transport: SystemTransport(fallbackReason: "libcurl can't be used: it is a test."),
            policy: .unhurried,
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
        let session = sandbox.session(at: server.url, transport: .system, policy: .unhurried) { log.append($0) }
        _ = try await session.accessToken()
        #expect(log.count(of: .transportFallback) == 0)
    }
}
#endif
