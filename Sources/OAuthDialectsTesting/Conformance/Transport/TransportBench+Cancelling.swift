internal import Foundation
internal import OAuthDialects

extension TransportBench {
    private static let stages: [(what: String, text: String)] = [
        ("within the status line", "HTTP/1.1 20"),
        ("within the header", "HTTP/1.1 200 OK\r\nX-Field: val"),
        ("after an interim response", "HTTP/1.1 100 Continue\r\n\r\n"),
        ("before the body", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n"),
        ("within a body of known length", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello"),
        ("within a body of unknown length", "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhello"),
        ("within a chunked body", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel"),
        ("within the body of a 401", "HTTP/1.1 401 No\r\nWWW-Authenticate: Basic\r\nContent-Length: 10\r\n\r\nhello"),
    ]

    var cancelling: [ConformanceCase] {
        ["http", "https"].map(connecting) + [shakingHands] + Self.stages.map { stage($0.what, $0.text) }
    }

    private func stage(_ what: String, _ text: String) -> ConformanceCase {
        cancellation(what) {
            let bytes = Data(text.utf8)
            return try await served({ _ in LoopbackReply([.bytes(bytes), .hang]) }) { url, server in
                let came = await cancelled(request("POST", url)) {
                    try await server.facts { $0.connections.contains { $0.bytesWritten == bytes.count } }
                }
                _ = try await server.facts { $0.connections.allSatisfy { !$0.isOpen && $0.isClosedByPeer } }
                return came
            }
        }
    }

    private var shakingHands: ConformanceCase {
        cancellation("in the TLS handshake") {
            try await served(limits: .raw, { _ in .hang }) { url, server in
                let secure = URL(string: url.absoluteString.replacing("http:", with: "https:"))!
                let came = await cancelled(request("POST", secure)) { try await server.facts { $0.requests == 1 } }
                _ = try await server.facts { $0.connections.allSatisfy { !$0.isOpen && $0.isClosedByPeer } }
                return came
            }
        }
    }

    private func connecting(_ scheme: String) -> ConformanceCase {
        cancellation("while connecting over \(scheme)") {
            let full = try LoopbackFullPort()
            let url = URL(string: "\(scheme)://127.0.0.1:\(full.port)/")!
            // The server can't see the attempt.
            let came = await cancelled(request("POST", url)) { try await Task.sleep(for: .milliseconds(100)) }
            return withExtendedLifetime(full) { came }
        }
    }

    private func cancellation(
        _ what: String,
        _ deviation: @escaping @Sendable () async throws -> String?
    ) -> ConformanceCase {
        ConformanceCase(
            clause: "Cancellation at every stage",
            tried: "a task cancelled \(what)",
            expected: "CancellationError within 10 s, and the connection ends",
            deviation: deviation
        )
    }

    /// Cancels a request once something has happened; the difference from a prompt `CancellationError`.
    private func cancelled<Fact>(_ request: WireRequest, after event: () async throws -> Fact) async -> String? {
        await withTaskGroup(of: (any Error).self) { group in
            group.addTask { (try? await failure(request, .conformance)) ?? CancellationError() }
            _ = try? await event()
            let start = ContinuousClock.now
            group.cancelAll()
            let error = await group.next()
            let time = ContinuousClock.now - start
            guard error is CancellationError else { return error.map { "\($0)" } ?? "nothing" }
            return time < .seconds(10) ? nil : "after \(time)"
        }
    }
}
