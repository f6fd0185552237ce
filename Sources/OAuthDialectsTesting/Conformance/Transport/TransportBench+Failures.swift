internal import Foundation
internal import OAuthDialects

extension TransportBench {
    private static let broken: [(what: String, reply: LoopbackReply)] = [
        ("resets the connection", .reset), ("closes the connection", .close),
        (
            "ends in the middle of the body",
            .truncated(WireResponse(status: 200, body: Data("hello".utf8)), afterBodyBytes: 2)
        ),
        ("does not speak HTTP", .raw("SSH-2.0-OpenSSH\r\n\r\n")),
    ]

    var failures: [ConformanceCase] {
        Self.broken.map { broken($0.what, $0.reply) } + [unreachable, keptConnection]
    }

    private func broken(_ what: String, _ reply: LoopbackReply) -> ConformanceCase {
        ConformanceCase(
            clause: "Errors say whether the request may have arrived",
            tried: "a POST to a server that \(what)",
            expected: "an error that does not rule out arrival and contains no secret; one request"
        ) {
            try await served({ _ in reply }) { url, server in
                let url = URL(string: url.absoluteString + "/?code=\(Self.secrets[1].revealed)")!
                let error = try await failure(request("POST", url), .conformance)
                if error is AnswerInstead { return "\(error)" }
                if (error as? WireFailure)?.mayHaveArrived == false { return "an error that says nothing arrived" }
                let texts = PrintedForms.of(error)
                guard !Self.secrets.contains(where: { secret in texts.contains { $0.contains(secret.revealed) } })
                else { return "a secret in the error" }
                let count = server.facts.requests
                return count == 1 ? nil : "\(count) requests"
            }
        }
    }

    private var unreachable: ConformanceCase {
        ConformanceCase(
            clause: "Errors say whether the request may have arrived",
            tried: "a POST to a port without a server",
            expected: "WireFailure.notConnected with mayHaveArrived false"
        ) {
            // Port 1, because another process may have taken the port of a stopped server.
            let error = try await failure(request("POST", URL(string: "http://127.0.0.1:1/")!), .conformance)
            guard let failure = error as? WireFailure else { return "\(error)" }
            return failure.reason == .notConnected && !failure.mayHaveArrived
                ? nil : "\(failure.reason), may have arrived: \(failure.mayHaveArrived)"
        }
    }

    /// A library must not repeat a token request silently: a rotating refresh token would be used twice.
    private var keptConnection: ConformanceCase {
        ConformanceCase(
            clause: "One exchange",
            tried: "a second POST, during which the kept connection ends without a response",
            expected: "an error that does not rule out arrival, and no third request"
        ) {
            let count = Locked(0)
            return try await served({ _ in
                let number = count.withLock { count in
                    count += 1
                    return count
                }
                return number == 1 ? .response(WireResponse(status: 200)) : .close
            }) { url, server in
                _ = try await transport.send(request("POST", url), .conformance)
                let error = try await failure(request("POST", url), .conformance)
                if error is AnswerInstead { return "\(error)" }
                if (error as? WireFailure)?.mayHaveArrived == false { return "an error that says nothing arrived" }
                let requests = server.facts.requests
                return requests == 2 ? nil : "\(requests) requests"
            }
        }
    }

    private static let brokenHeaders: [(String, String)] = [
        ("X-Note", "a\r\nX-Injected: 1"), ("X-Note", "a\nb"), ("X-Note", "a\u{0}b"), ("X Note", "a"), ("", "a"),
    ]

    /// Headers that are not valid in HTTP; a line break would start a header of its own.
    var unsendable: [ConformanceCase] {
        Self.brokenHeaders.map { name, value in
            ConformanceCase(
                clause: "Header bytes unchanged",
                tried: "the header \(name.debugDescription) with the value \(value.debugDescription)",
                expected: "an error, and no request"
            ) {
                try await served({ _ in .response(WireResponse(status: 200)) }) { url, server in
                    var request = request("POST", url)
                    request.headers.append(name, value)
                    let error = try await failure(request, .conformance)
                    let count = server.facts.requests
                    return count == 0 && !(error is AnswerInstead) ? nil : "\(error); \(count) requests"
                }
            }
        }
    }
}
