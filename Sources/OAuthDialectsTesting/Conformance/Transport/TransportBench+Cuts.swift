internal import Foundation
internal import OAuthDialects

extension TransportBench {
    private static let plain = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 11\r\n\r\n"
    private static let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    private static let interim = "HTTP/1.1 100 Continue\r\n\r\n"
    private static let chunks = "5\r\nhello\r\n6;x=y\r\n world\r\n0\r\n"

    // Two cuts are not tested. Nothing distinguishes the cut of a body that ends with its connection from its end. After the
    // carriage return that ends a chunked body, only the line feed is missing, which libcurl does not wait for.
    var cuts: [ConformanceCase] {
        [
            cut("the header", after: "", Self.plain),
            cut("the header after a 100", after: Self.interim, Self.plain),
            cut("the header of a chunked response", after: "", Self.chunked),
            cut("a body with Content-Length", after: Self.plain, "hello world"),
            cut("a chunked body", after: Self.chunked, Self.chunks + "\r"),
            cut("a chunked body with a trailer", after: Self.chunked, Self.chunks + "X-Checksum: 1\r\n\r"),
        ]
    }

    private func cut(_ what: String, after start: String, _ part: String) -> ConformanceCase {
        let (first, part) = (start.utf8.count, Data((start + part).utf8))
        return ConformanceCase(
            clause: "A response that is cut is a failure",
            tried: "the end of the connection after each of the first \(part.count - first) bytes of \(what)",
            expected: "WireFailure.connectionLost or notHTTP, each with mayHaveArrived true"
        ) {
            try await served({ request in
                let count = Int(request.url.lastPathComponent) ?? 0
                return LoopbackReply([.bytes(part.prefix(count)), .close])
            }) { url, server in
                for count in first..<part.count {
                    let error = try await failure(request("POST", url.appending(path: "\(count)")), .conformance)
                    let came = deviation(of: error, mayHaveArrived: true)
                    if let came { return "after \(count - first) bytes: \(came)" }
                    if let reason = (error as? WireFailure)?.reason, reason != .connectionLost, reason != .notHTTP {
                        return "after \(count - first) bytes: \(reason)"
                    }
                }
                let requests = server.facts.requests
                return requests == part.count - first ? nil : "\(requests) requests"
            }
        }
    }
}
