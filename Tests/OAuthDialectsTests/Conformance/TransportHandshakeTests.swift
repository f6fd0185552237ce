#if os(Linux)
import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

/// Handshakes that need a TLS server, or a proxy.
@Suite(.timeLimit(.minutes(5)))
struct TransportHandshakeTests {
    @Test func `An untrusted certificate sends nothing`() async throws {
        let server = try await UntrustedServer.start()
        #expect(await Self.fails(URL(string: "https://127.0.0.1:\(server.port)/")!, SystemTransport.system))
        server.stop()
    }

    /// In a process of its own, because its environment is changed.
    @Test func `Through a proxy, too, a failed handshake sends nothing`() async {
        await #expect(processExitsWith: .success) {
            let server = try await UntrustedServer.start()
            let use = { (proxy: URL) in _ = unsafe setenv("https_proxy", proxy.absoluteString, 1) }
            let report = try await conformance(
                ofTransport: SystemTransport.system,
                throughProxy: use,
                and: {
                    let url = URL(string: "https://provider.example:\(server.port)/")!
                    #expect(await Self.fails(url, SystemTransport.system))
                }
            )
            server.stop()
            #expect(report.passes && report.checks.count >= 13, "\(report)")
            let broken = try await conformance(ofTransport: BrokenTransport(.claimsArrival), throughProxy: use)
            #expect(broken.failures.count >= 13, "\(broken)")
        }
    }

    private static func fails(_ url: URL, _ transport: any WireTransport) async -> Bool {
        let failure = await failure { try await transport.send(.post(url), .token) }.wire
        return failure?.reason == .tlsFailed && failure?.mayHaveArrived == false
    }
}

/// `openssl s_server` with a certificate that nobody signed.
struct UntrustedServer {
    let port: Int
    private let child: Child
    private let directory: URL

    static func start() async throws -> Self {
        // On a thread of its own, because it blocks.
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread { continuation.resume(with: Result { try Self() }) }
        }
    }

    private init() throws {
        directory = FileManager.default.temporaryDirectory.appending(path: "untrusted-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        let (key, certificate) = (directory.appending(path: "key.pem"), directory.appending(path: "certificate.pem"))
        let openssl = URL(fileURLWithPath: "/usr/bin/openssl")
        let subject = ["-subj", "/CN=provider.example", "-addext", "subjectAltName=DNS:provider.example,IP:127.0.0.1"]
        let new = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "1"]
        _ = try Child.spawn(openssl, new + subject + ["-keyout", key.path, "-out", certificate.path], [:]).wait()
        let files = ["-key", key.path, "-cert", certificate.path]
        child = try Child.spawn(openssl, ["s_server", "-accept", "127.0.0.1:0", "-www"] + files, [:])
        var output = ""
        // It prints `ACCEPT 127.0.0.1:40123`.
        while output.firstMatch(of: /ACCEPT \S*:(\d+)\s/) == nil {
            let bytes = child.read()
            guard !bytes.isEmpty else { throw POSIXError(.ECHILD) }
            output += String(decoding: bytes, as: UTF8.self)
        }
        port = output.firstMatch(of: /ACCEPT \S*:(\d+)\s/).flatMap { Int($0.1) } ?? 0
    }

    func stop() {
        child.signal(SIGKILL)
        _ = child.wait()
        try? FileManager.default.removeItem(at: directory)
    }
}
#endif
