internal import Foundation
internal import OAuthDialects

extension TransportBench {
    private static let responses: [(what: String, heads: [String])] = [
        ("a 100", ["100 Continue"]),
        ("a 102", ["102 Processing"]),
        ("a 103", ["103 Early Hints\r\nLink: </style.css>; rel=preload"]),
        ("two 103", Array(repeating: "103 Early Hints\r\nLink: </style.css>; rel=preload", count: 2)),
        ("100, 103, 100", ["100 Continue", "103 Early Hints\r\nLink: </style.css>; rel=preload", "100 Continue"]),
        ("a 199 that no standard defines", ["199 Status\r\nX-Interim: 1"]),
    ]

    /// RFC 9110, section 15.2.
    var interim: [ConformanceCase] {
        Self.responses.flatMap { sample in ["GET", "POST"].map { interim(sample.what, sample.heads, $0) } }
    }

    private func interim(_ what: String, _ heads: [String], _ method: String) -> ConformanceCase {
        ConformanceCase(
            clause: "Interim responses are skipped",
            tried: "\(what) before the response to \(method)",
            expected: "the final response, with its own headers alone"
        ) {
            let final = "HTTP/1.1 400 Bad Request\r\nX-Final: 1\r\nContent-Length: 5\r\n\r\nfinal"
            let texts = heads.map { "HTTP/1.1 \($0)\r\n\r\n" } + [final]
            let reply = LoopbackReply(texts.map { .bytes(Data($0.utf8)) })
            return try await served({ _ in reply }) { url, _ in
                let response = try await transport.send(request(method, url), .conformance)
                guard response.status == 400, response.body == Data("final".utf8) else { return "\(response)" }
                guard response.headers["X-Final"] == "1" else { return "without X-Final" }
                let early = ["Link", "X-Interim"].first { response.headers[$0] != nil }
                return early.map { "the header \($0) of an interim response" }
            }
        }
    }
}
