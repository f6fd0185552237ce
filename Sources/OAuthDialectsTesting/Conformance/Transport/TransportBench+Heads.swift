internal import Foundation
internal import OAuthDialects

extension TransportBench {
    private static let fields: [(what: String, line: String, value: String)] = [
        ("no space after its colon", "X-Field:value", "value"),
        ("an empty value", "X-Field:", ""),
        ("several spaces around its value", "X-Field:   value   ", "value"),
        ("a colon in its value", "X-Field:a:b", "a:b"),
        ("a name in lower case", "x-field: value", "value"),
    ]

    private static let statusLines: [(what: String, line: String)] = [
        ("a space and no reason phrase", "HTTP/1.1 401 "), ("neither a space nor a reason phrase", "HTTP/1.1 401"),
        ("a reason phrase with spaces and UTF-8", "HTTP/1.1 401 Not   allowed: ü"), ("HTTP/1.0", "HTTP/1.0 401 No"),
    ]

    /// RFC 9112, sections 4 and 5.
    var heads: [ConformanceCase] {
        Self.fields.map { head("Header fields in every valid form", "a header with \($0.what)", $0.line, $0.value) }
            + Self.statusLines.map { sample in
                head("Status lines in every valid form", "a status line with \(sample.what)", status: sample.line)
            }
    }

    private func head(
        _ clause: String,
        _ what: String,
        _ field: String = "X-Field: value",
        _ value: String = "value",
        status: String = "HTTP/1.1 401 Unauthorized"
    ) -> ConformanceCase {
        ConformanceCase(clause: clause, tried: what, expected: "the response, with its status, header, and body") {
            let text = "\(status)\r\n\(field)\r\nContent-Length: 4\r\nConnection: close\r\n\r\nbody"
            let reply = LoopbackReply.raw(text)
            return try await served({ _ in reply }) { url, _ in
                let response = try await transport.send(request("POST", url), .conformance)
                guard response.status == 401, response.body == Data("body".utf8) else { return "\(response)" }
                let came = response.headers["X-Field"]
                return came == value ? nil : came.map { "the value \($0)" } ?? "without the header"
            }
        }
    }
}
