internal import Foundation
internal import OAuthDialects

extension TransportBench {
    private static let limit = 64 * 1024

    /// 64 MiB, sent so slowly that reading to the end would take minutes.
    private static let whole = 64 * 1024 * 1024

    var limits: [ConformanceCase] {
        [true, false].flatMap { announced in [200, 500].map { cutOff(announced, $0) } } + [exact]
    }

    private func cutOff(_ announced: Bool, _ status: Int) -> ConformanceCase {
        ConformanceCase(
            clause: "Large bodies are cut off",
            tried: "a \(status) of 64 MiB, \(announced ? "announced" : "of unknown length"), with a limit of 64 KiB",
            expected: "the response, cut off at the limit; the connection ends long before the body does"
        ) {
            let framing = announced ? "Content-Length: \(Self.whole)" : "Connection: close"
            let head = "HTTP/1.1 \(status) Status\r\nContent-Type: text/plain\r\n\(framing)\r\n\r\n"
            let reply = LoopbackReply([
                .bytes(Data(head.utf8)), .fill(count: Self.whole, pause: .milliseconds(20)), .close,
            ])
            return try await served({ _ in reply }) { url, server in
                let limits = WireLimits(maximumBodyBytes: Self.limit, timeout: .seconds(15))
                let response = try await transport.send(request("POST", url), limits)
                guard response.status == status, response.isCutOff, response.body.count <= Self.limit else {
                    return "\(response)"
                }
                let facts = try await server.facts { $0.connections.allSatisfy { !$0.isOpen } }
                let written = facts.connections.reduce(0) { $0 + $1.bytesWritten }
                return written < Self.whole / 4 ? nil : "\(written) bytes left the server"
            }
        }
    }

    private var exact: ConformanceCase {
        ConformanceCase(
            clause: "Large bodies are cut off",
            tried: "a body of exactly the limit",
            expected: "the whole body, not cut off"
        ) {
            let body = Data(repeating: UInt8(ascii: "x"), count: Self.limit)
            return try await served({ _ in .response(WireResponse(status: 200, body: body)) }) { url, _ in
                let limits = WireLimits(maximumBodyBytes: Self.limit, timeout: .seconds(15))
                let response = try await transport.send(request("POST", url), limits)
                return response.body == body && !response.isCutOff ? nil : "\(response)"
            }
        }
    }
}
