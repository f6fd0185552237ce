#if os(Linux)
import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

@Suite(.timeLimit(.minutes(5)))
struct TLSTests {
    /// What the request to a server came to: its status, or the failure.
    private func failure(_ transport: LibcurlTransport, _ url: URL) async -> WireFailure? {
        await OAuthDialectsTests.failure { try await transport.send(.post(url), .api) }.wire
    }

    private func expectRefusal(_ failure: WireFailure?, host: String = "localhost", naming causes: String...) {
        #expect(failure?.reason == .tlsFailed)
        #expect(failure?.mayHaveArrived == false)
        let message = failure?.message ?? ""
        #expect(message.hasPrefix("No secure connection to \(host) could be made ("), "\(message)")
        #expect(causes.contains { message.contains($0) }, "\(message)")
    }

    @Test func `A CA of one's own is trusted beside the system's`() async throws {
        let authority = try await TestAuthority()
        let server = try await TLSServer(authority.certificate())
        let transport = try authority.transport()
        for _ in 0..<3 { #expect(try await transport.send(WireRequest("GET", server.url), .api).status == 200) }
        let loaded = try Libcurl.loaded.get()
        let system = try #require(loaded.caFile)
        let combined = try #require(transport.caFile)
        for file in [system, authority.file] {
            let text = try String(contentsOfFile: file, encoding: .utf8)
            #expect(try String(contentsOfFile: combined, encoding: .utf8).contains(text))
        }
        await server.stop()
    }

    @Test func `The combined certificates have no name on the disk`() async throws {
        let authority = try await TestAuthority()
        let transport = try authority.transport()
        let file = try #require(transport.caFile)
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: file).hasSuffix(".pem (deleted)"))
        // libcurl remembers certificates by their file: the same path never leads to others.
        #expect(try authority.transport().caFile == file)
        #expect(try await TestAuthority().transport().caFile != file)
    }

    @Test func `A CA that is not trusted is refused, also after another transport connected`() async throws {
        let authority = try await TestAuthority()
        let server = try await TLSServer(authority.certificate())
        #expect(try await authority.transport().send(WireRequest("GET", server.url), .api).status == 200)
        expectRefusal(await failure(try LibcurlTransport(), server.url), naming: "certificate")
        await server.stop()
    }

    @Test func `A certificate for another host is refused`() async throws {
        let authority = try await TestAuthority()
        let server = try await TLSServer(authority.certificate())
        let failure = await failure(try authority.transport(), server.urlOfAddress)
        expectRefusal(failure, host: "127.0.0.1", naming: "127.0.0.1")
        await server.stop()
    }

    @Test func `An expired certificate is refused`() async throws {
        let authority = try await TestAuthority()
        let server = try await TLSServer(authority.certificate(days: -1))
        expectRefusal(await failure(try authority.transport(), server.url), naming: "expired")
        await server.stop()
    }

    @Test func `A server without TLS 1·2 is refused`() async throws {
        let authority = try await TestAuthority()
        let server = try await TLSServer(authority.certificate(), "-tls1_1", "-cipher", "ALL:@SECLEVEL=0")
        expectRefusal(await failure(try authority.transport(), server.url), naming: "protocol version", "unsupported")
        await server.stop()
    }

    @Test func `A server that never answers the handshake costs the timeout, and nothing was sent`() async throws {
        let server = try await LoopbackServer { _ in WireResponse(status: 200) }
        let url = try #require(URL(string: server.url.absoluteString.replacing("http:", with: "https:")))
        let limits = WireLimits(maximumBodyBytes: 1024, timeout: .milliseconds(200))
        let transport = try LibcurlTransport()
        let failure = await OAuthDialectsTests.failure { try await transport.send(.post(url), limits) }.wire
        #expect(failure?.reason == .timedOut)
        #expect(failure?.mayHaveArrived == false)
        await server.stop()
    }

    @Test(arguments: ["-tls1_2", "-tls1_3"])
    func `A server that wants the client's certificate gets it`(version: String) async throws {
        let authority = try await TestAuthority()
        let client = try await authority.certificate(for: "client")
        let server = try await TLSServer(authority.certificate(), version, "-Verify", "1", "-CAfile", authority.file)
        let response = try await authority.transport(client).send(WireRequest("GET", server.url), .api)
        #expect(response.status == 200)
        await server.stop()
    }

    @Test(arguments: ["-tls1_2", "-tls1_3"])
    func `Without the client's certificate nothing was sent`(version: String) async throws {
        let authority = try await TestAuthority()
        let server = try await TLSServer(authority.certificate(), version, "-Verify", "1", "-CAfile", authority.file)
        expectRefusal(await failure(try authority.transport(), server.url), naming: "alert")
        await server.stop()
    }

    @Test(arguments: ["-tls1_2", "-tls1_3"])
    func `With a certificate of another CA nothing was sent`(version: String) async throws {
        let authority = try await TestAuthority()
        let other = try await TestAuthority()
        let stranger = try await other.certificate(for: "client")
        let server = try await TLSServer(
            authority.certificate(),
            version,
            "-Verify",
            "1",
            "-verify_return_error",
            "-CAfile",
            authority.file
        )
        expectRefusal(await failure(try authority.transport(stranger), server.url), naming: "alert")
        withExtendedLifetime(other) {}
        await server.stop()
    }

    @Test func `A key that does not fit its certificate sends nothing`() async throws {
        let authority = try await TestAuthority()
        let server = try await TLSServer(authority.certificate())
        let (one, other) = (try await authority.certificate(), try await authority.certificate())
        let mixed = TestAuthority.Certificate(file: one.file, keyFile: other.keyFile)
        expectRefusal(await failure(try authority.transport(mixed), server.url), naming: "key")
        await server.stop()
    }

    @Test func `A certificate without a key sends nothing`() async throws {
        let authority = try await TestAuthority()
        let server = try await TLSServer(authority.certificate())
        var configuration = LibcurlTransport.Configuration()
        configuration.additionalCAFile = authority.file
        configuration.clientCertificateFile = try await authority.certificate().file
        expectRefusal(await failure(try LibcurlTransport(configuration), server.url), naming: "key", "certificate")
        await server.stop()
    }
}
#endif
