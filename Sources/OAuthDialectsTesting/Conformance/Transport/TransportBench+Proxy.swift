package import Foundation
package import OAuthDialects

extension TransportBench {
    private static let proxies: [(what: String, host: String, reply: LoopbackReply)] = [
        ("answers CONNECT with a 502", "refused.example", .response(WireResponse(status: 502))),
        (
            "asks for a password", "asking.example",
            .response(WireResponse(status: 407, headers: ["Proxy-Authenticate": "Basic realm=\"proxy\""]))
        ),
        ("never answers CONNECT", "silent.example", .hang),
        ("closes the connection in the answer to CONNECT", "cut.example", .raw("HTTP/1.1 200 Conn")),
        ("answers CONNECT with something that is not HTTP", "odd.example", .raw("SSH-2.0-OpenSSH\r\n\r\n")),
    ]

    /// What a proxy for the proxied checks does; it connects to the port of any other host on 127.0.0.1.
    static func proxyReply(to request: WireRequest) -> LoopbackReply {
        let host = request.url.host()
        if let own = proxies.first(where: { $0.host == host }) { return own.reply }
        return LoopbackReply([.relay(port: request.url.port ?? 0)])
    }

    var proxies: [ConformanceCase] {
        Self.proxies.map { proxy in
            unsent("a POST through a proxy that \(proxy.what)") {
                try await unsentDeviation(URL(string: "https://\(proxy.host)/")!)
            }
        }
    }
}

/// Tests that handshakes fail the same way through a proxy, which the transport takes from the environment or from its settings.
///
/// The environment belongs to the whole process: run this in a process of its own.
///
/// - Parameters:
///   - transport: the transport to test.
///   - timeout: how long one check may take before it fails.
///   - use: sets the proxy.
///   - more: further checks, which run while the proxy is up.
/// - Returns: the report.
/// - Throws: ``LoopbackFailure``, or what the further checks throw.
package func conformance(
    ofTransport transport: any WireTransport,
    timeout: Duration = .seconds(20),
    throughProxy use: (URL) -> Void,
    and more: () async throws -> Void = {}
) async throws -> ConformanceReport {
    let bench = TransportBench(transport)
    let seen = Locked<[String]>([])
    let proxy = try await LoopbackServer.scripted { request in
        seen.withLock { $0.append("\(request.method) \(request.headers.fields)") }
        return TransportBench.proxyReply(to: request)
    }
    use(proxy.url)
    let run = ConformanceRun(subject: "Transport", timeout: timeout, secrets: TransportBench.secrets)
    let requests = bench.unsent("every request to the proxy") {
        let all = seen.withLock(\.self)
        guard all.count >= 13 else { return "\(all.count) requests to the proxy" }
        return all.first { !$0.hasPrefix("CONNECT ") || $0.contains(TransportBench.secrets[0].revealed) }
    }
    let cases = bench.handshakes(host: "provider.example") + bench.proxies + [requests]
    let report = await run.report(of: cases)
    try await more()
    await proxy.stop()
    return report
}
