internal import Foundation
internal import OAuthDialects

extension TransportBench {
    /// Servers that end or delay the connection before a request can be sent.
    private static let handshakes: [(what: String, reply: LoopbackReply)] = [
        ("never answers the TLS handshake", .hang),
        ("closes the connection in the TLS handshake", .close),
        ("resets the connection in the TLS handshake", .reset),
        ("ends within its first TLS record", LoopbackReply([.bytes(Data([0x16, 3, 3, 0, 0x7A, 2, 0])), .close])),
        ("refuses the TLS handshake with an alert", LoopbackReply([.bytes(Data([0x15, 3, 3, 0, 2, 2, 40])), .close])),
        ("answers the TLS handshake with a plain 400", .raw("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")),
        ("answers the TLS handshake with a plain 200", .raw("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")),
    ]

    /// Handshakes with a host, which is a name if a proxy connects to it.
    func handshakes(host: String = "127.0.0.1") -> [ConformanceCase] {
        let schemes = host == "127.0.0.1" ? ["http", "https"] : ["https"]
        return schemes.map { droppedAttempt($0, host) } + Self.handshakes.map { handshake($0.what, $0.reply, host) }
    }

    func unsent(_ tried: String, _ deviation: @escaping @Sendable () async throws -> String?) -> ConformanceCase {
        ConformanceCase(
            clause: "A failed handshake sends nothing",
            tried: tried,
            expected: "WireFailure with mayHaveArrived false, within 10 s, and no byte of the request",
            deviation: deviation
        )
    }

    private func handshake(_ what: String, _ reply: LoopbackReply, _ host: String) -> ConformanceCase {
        unsent("a POST to a server that \(what)" + (host == "127.0.0.1" ? "" : ", through a proxy")) {
            let seen = Locked(Data())
            return try await served(
                limits: .raw,
                { request in
                    seen.withLock { $0 += request.body?.data ?? Data() }
                    return reply
                }
            ) { url, _ in
                let came = try await unsentDeviation(URL(string: "https://\(host):\(url.port ?? 0)/")!)
                let bytes = seen.withLock { $0 }
                guard bytes.first == 0x16 else { return "no TLS handshake" }
                return bytes.range(of: Data(Self.secrets[0].revealed.utf8)) == nil ? came : "the request in plain text"
            }
        }
    }

    private func droppedAttempt(_ scheme: String, _ host: String) -> ConformanceCase {
        let proxy = host == "127.0.0.1" ? "" : ", through a proxy"
        return unsent("a POST over \(scheme) to a host that drops each attempt to connect\(proxy)") {
            let full = try LoopbackFullPort()
            let came = try await unsentDeviation(URL(string: "\(scheme)://\(host):\(full.port)/")!)
            return withExtendedLifetime(full) { came }
        }
    }

    /// The difference between the result of a POST and a failure that rules out arrival.
    func unsentDeviation(_ url: URL) async throws -> String? {
        let limits = WireLimits(maximumBodyBytes: 1024 * 1024, timeout: .milliseconds(700))
        let start = ContinuousClock.now
        let error = try await failure(request("POST", url), limits)
        let time = ContinuousClock.now - start
        return deviation(of: error, mayHaveArrived: false) ?? (time < .seconds(10) ? nil : "after \(time)")
    }
}
