internal import Foundation
internal import OAuthDialects

extension TransportBench {
    private static let locations = [
        "//a%20b/", "", "http://[", "http://", ":", "?", "#", "/%zz", "https://a b/", "javascript:alert(1)", "//",
    ]

    var oddRedirects: [ConformanceCase] {
        Self.locations.flatMap { location in ["GET", "POST"].map { oddRedirect(location, $0) } }
    }

    private func oddRedirect(_ location: String, _ method: String) -> ConformanceCase {
        ConformanceCase(
            clause: "A redirect to nowhere is returned",
            tried: "a 302 and a 307 for \(method), with Location: \(location.debugDescription)",
            expected: "both responses with their Location and body, after one request each"
        ) {
            try await served({ request in
                let status = Int(request.url.lastPathComponent) ?? 302
                return .response(
                    WireResponse(status: status, headers: ["Location": location], body: Data("moved".utf8))
                )
            }) { url, server in
                for status in [302, 307] {
                    let request = request(method, url.appending(path: "\(status)"))
                    let response = try await transport.send(request, .conformance)
                    guard response.status == status, response.body == Data("moved".utf8) else { return "\(response)" }
                    let came = response.headers["Location"] ?? ""
                    guard came == location else { return "Location: \(came)" }
                }
                let count = server.facts.requests
                return count == 2 ? nil : "\(count) requests"
            }
        }
    }
}
