internal import Foundation
internal import OAuthDialects

extension TransportBench {
    /// Some libraries repeat a request if the server closes a kept connection without a response.
    var repeats: [ConformanceCase] {
        let requests: [(method: String, body: WireBody?)] = [
            ("POST", .form([WireField("a", "b")])), ("POST", nil), ("PUT", .form([WireField("a", "b")])), ("PUT", nil),
            ("PATCH", .form([WireField("a", "b")])), ("DELETE", nil),
        ]
        let ends: [(what: String, reply: LoopbackReply)] = [("closed", .close), ("reset", .reset)]
        return requests.flatMap { request in
            ends.map { repetition(request.method, request.body, $0.what, $0.reply) }
        }
    }

    private func repetition(
        _ method: String,
        _ body: WireBody?,
        _ end: String,
        _ reply: LoopbackReply
    ) -> ConformanceCase {
        let what = body == nil ? "without a body" : "with a body"
        return ConformanceCase(
            clause: "No request arrives twice",
            tried: "a second \(method) \(what); its connection is \(end) without a response once it has arrived",
            expected: "one arrival of each request, and WireFailure with mayHaveArrived true"
        ) {
            let seen = Locked<[String: Int]>([:])
            return try await served({ request in
                let name = request.url.lastPathComponent
                seen.withLock { $0[name, default: 0] += 1 }
                return name == "first" ? .response(WireResponse(status: 200)) : reply
            }) { url, _ in
                let first = WireRequest(method, url.appending(path: "first"), body: body)
                let second = WireRequest(method, url.appending(path: "second"), body: body)
                _ = try await transport.send(first, .conformance)
                let error = try await failure(second, .conformance)
                let counts = seen.withLock(\.self)
                guard counts == ["first": 1, "second": 1] else { return "\(counts.sorted { $0.key < $1.key })" }
                return deviation(of: error, mayHaveArrived: true)
            }
        }
    }
}
