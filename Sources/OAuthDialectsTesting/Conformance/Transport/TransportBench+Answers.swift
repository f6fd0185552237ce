internal import Foundation
internal import OAuthDialects

extension TransportBench {
    private static let samples: [(status: Int, headers: WireHeaders)] = [
        (200, [:]), (201, [:]), (400, [:]), (401, ["WWW-Authenticate": #"Basic realm="token""#]),
        (401, ["WWW-Authenticate": "Bearer"]), (401, [:]), (403, [:]), (404, [:]),
        (407, ["Proxy-Authenticate": "Basic"]), (429, ["Retry-After": "3"]), (500, [:]), (503, ["Retry-After": "3"]),
    ]

    var answers: [ConformanceCase] {
        Self.samples.flatMap { sample in ["GET", "POST"].map { answer(sample.status, sample.headers, $0) } }
            + [empty, head]
    }

    private func answer(_ status: Int, _ headers: WireHeaders, _ method: String) -> ConformanceCase {
        let asks = headers.fields.first.map { " with \($0.name): \($0.value)" } ?? ""
        return ConformanceCase(
            clause: "A response at any status",
            tried: "a \(status)\(asks) in response to \(method)",
            expected: "the response with its headers and body, after one request"
        ) {
            let body = Data(#"{"error":"invalid_client"}"#.utf8)
            return try await served({ _ in .response(WireResponse(status: status, headers: headers, body: body)) }) {
                let response = try await transport.send(request(method, $0), .conformance)
                let name = headers.fields.first?.name ?? "Content-Length"
                let value = headers.fields.first?.value ?? "\(body.count)"
                guard response.status == status, response.body == body, !response.isCutOff else { return "\(response)" }
                guard response.headers[name] == value else { return "without \(name)" }
                let count = $1.facts.requests
                return count == 1 ? nil : "\(count) requests"
            }
        }
    }

    private var empty: ConformanceCase {
        ConformanceCase(clause: "A response at any status", tried: "a 204", expected: "the response, without a body") {
            try await served({ _ in .response(WireResponse(status: 204)) }) { url, _ in
                let response = try await transport.send(request("POST", url), .conformance)
                return response.status == 204 && response.body.isEmpty ? nil : "\(response)"
            }
        }
    }

    private var head: ConformanceCase {
        ConformanceCase(
            clause: "A response at any status",
            tried: "a response to HEAD that announces 99,999,999 bytes",
            expected: "the response, without a body, not cut off"
        ) {
            let announced: WireHeaders = ["Content-Length": "99999999"]
            return try await served({ _ in .response(WireResponse(status: 200, headers: announced)) }) { url, _ in
                let response = try await transport.send(request("HEAD", url), .conformance)
                return response.status == 200 && response.body.isEmpty && !response.isCutOff ? nil : "\(response)"
            }
        }
    }
}
