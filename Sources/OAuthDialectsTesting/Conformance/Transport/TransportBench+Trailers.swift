internal import Foundation
internal import OAuthDialects

extension TransportBench {
    private typealias Sample = (what: String, head: [String], trailers: [String])

    private static let samples: [Sample] = [
        ("a trailer that the header announces", ["Trailer: X-Checksum"], ["X-Checksum: 1"]),
        ("a trailer that nothing announces", [], ["X-Checksum: 1"]),
        ("trailers with a meaning", [], ["Set-Cookie: session=1", "Location: /elsewhere", "Retry-After: 3"]),
        ("a trailer of the same name as a header", ["X-Twice: header"], ["X-Twice: trailer"]),
    ]

    /// RFC 9112, section 7.1.2, and RFC 9110, section 6.5.1.
    var trailers: [ConformanceCase] {
        Self.samples.flatMap { sample in ["GET", "POST"].map { trailers(sample, $0) } }
    }

    private func trailers(_ sample: Sample, _ method: String) -> ConformanceCase {
        ConformanceCase(
            clause: "Trailers are not headers",
            tried: "two chunked responses to \(method), each with \(sample.what)",
            expected: "two responses with the whole body and without the trailers"
        ) {
            let head = ["HTTP/1.1 200 OK", "Transfer-Encoding: chunked"] + sample.head
            let body = "5\r\nhello\r\n6\r\n world\r\n0\r\n"
            let text = head.joined(separator: "\r\n") + "\r\n\r\n" + body + sample.trailers.joined(separator: "\r\n")
            let reply = LoopbackReply([.bytes(Data((text + "\r\n\r\n").utf8))])
            return try await served({ _ in reply }) { url, _ in
                for _ in 0..<2 {
                    let response = try await transport.send(request(method, url), .conformance)
                    guard response.status == 200, response.body == Data("hello world".utf8), !response.isCutOff else {
                        return "\(response)"
                    }
                    let lines = response.headers.fields.map { "\($0.name): \($0.value)".lowercased() }
                    if let line = sample.trailers.first(where: { lines.contains($0.lowercased()) }) {
                        return "the header \(line)"
                    }
                }
                return nil
            }
        }
    }
}
