internal import Foundation
internal import OAuthDialects

extension TransportBench {
    var redirects: [ConformanceCase] {
        [301, 302, 303, 307, 308].flatMap { status in ["GET", "POST"].map { redirect(status, $0) } }
    }

    private func redirect(_ status: Int, _ method: String) -> ConformanceCase {
        ConformanceCase(
            clause: "No redirect",
            tried: "a \(status) for \(method), to another host",
            expected: "the response with its Location and body; no connection to the other host"
        ) {
            try await served(host: "127.0.0.2", { _ in .response(WireResponse(status: 200)) }) { url, other in
                let location = url.absoluteString + "/elsewhere"
                let moved = WireResponse(status: status, headers: ["Location": location], body: Data("moved".utf8))
                return try await served({ _ in .response(moved) }) { url, server in
                    let response = try await transport.send(request(method, url), .conformance)
                    let (own, others) = (server.facts.requests, other.facts.accepted)
                    guard own == 1, others == 0 else { return "\(own) requests here, \(others) connections there" }
                    return response.status == status && response.headers["Location"] == location
                        && response.body == moved.body ? nil : "\(response)"
                }
            }
        }
    }

    /// State that a transport must not keep between requests.
    var memory: [ConformanceCase] {
        ["GET", "POST"].map { method in
            ConformanceCase(
                clause: "No cookie replay",
                tried: "three \(method) requests to a server that sets a cookie each time",
                expected: "Set-Cookie in each response, Cookie in no request"
            ) {
                let replayed = Locked(0)
                return try await served({ request in
                    if request.headers["Cookie"] != nil { replayed.withLock { $0 += 1 } }
                    return .response(WireResponse(status: 200, headers: ["Set-Cookie": "session=1; Path=/"]))
                }) { url, _ in
                    for _ in 0..<3 {
                        let response = try await transport.send(request(method, url), .conformance)
                        guard response.headers["Set-Cookie"] != nil else { return "no Set-Cookie in the response" }
                    }
                    let count = replayed.withLock { $0 }
                    return count == 0 ? nil : "\(count) requests with a Cookie"
                }
            }
        } + [cache]
    }

    private var cache: ConformanceCase {
        ConformanceCase(
            clause: "Nothing is cached",
            tried: "three GET requests for a response with Cache-Control: max-age=3600 and an ETag",
            expected: "three requests, none conditional"
        ) {
            let conditional = Locked(0)
            return try await served({ request in
                if request.headers["If-None-Match"] != nil { conditional.withLock { $0 += 1 } }
                let headers: WireHeaders = ["Cache-Control": "max-age=3600", "ETag": "\"1\""]
                return .response(WireResponse(status: 200, headers: headers, body: Data("fresh".utf8)))
            }) { url, server in
                for _ in 0..<3 { _ = try await transport.send(request("GET", url), .conformance) }
                let (count, asked) = (server.facts.requests, conditional.withLock { $0 })
                return count == 3 && asked == 0 ? nil : "\(count) requests, \(asked) conditional"
            }
        }
    }
}
