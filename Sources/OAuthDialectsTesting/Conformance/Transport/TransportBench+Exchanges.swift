internal import Foundation
internal import OAuthDialects

extension TransportBench {
    var exchanges: [ConformanceCase] {
        ["GET", "POST", "PUT", "DELETE", "HEAD"].map(arrival) + [headers, odd, crowd]
    }

    private func arrival(_ method: String) -> ConformanceCase {
        ConformanceCase(
            clause: "One exchange",
            tried: "\(method) with a query, a path with %2F, and a body if the method allows one",
            expected: "one request, with the exact method, target, and body"
        ) {
            let seen = Locked<[WireRequest]>([])
            return try await served({ request in
                seen.withLock { $0.append(request) }
                return .response(WireResponse(status: 200))
            }) { root, _ in
                let url = URL(string: root.absoluteString + "/a%2Fb/c%20d?x=1%2B1&y=")!
                let request = request(method, url)
                let response = try await transport.send(request, .conformance)
                let came = seen.withLock { $0 }
                guard came.count == 1, response.status == 200 else { return "\(came.count) requests, \(response)" }
                guard came[0].method == method else { return "the method \(came[0].method)" }
                guard came[0].url == url else { return "the target \(came[0].url.path(percentEncoded: true))" }
                return came[0].body?.data == request.body?.data ? nil : "a different body"
            }
        }
    }

    private static let values = [
        "Basic aWQ6c2VjcmV0+/==", "two  blanks", "a\tb", "a,b;c=\"d\\\"\"", "!#$%&'*+-.^_`|~", "%2B %00", "ü",
    ]

    private var headers: ConformanceCase {
        ConformanceCase(
            clause: "Header bytes unchanged",
            tried: "Authorization and \(Self.values.count - 1) other values with spaces, tabs, quotes, %, UTF-8",
            expected: "the same values, and both values of a repeated field in order"
        ) {
            let seen = Locked<WireHeaders>([:])
            return try await served({ request in
                seen.withLock { $0 = request.headers }
                return .response(WireResponse(status: 200))
            }) { url, _ in
                var headers: WireHeaders = ["Authorization": Self.values[0]]
                for (index, value) in Self.values.enumerated() { headers["X-Value-\(index)"] = value }
                headers.append("X-Twice", "one")
                headers.append("X-Twice", "two")
                _ = try await transport.send(WireRequest("GET", url, headers: headers), .conformance)
                let came = seen.withLock { $0 }
                for (name, value) in headers.fields where name != "X-Twice" && came[name] != value {
                    return "\(name): \(came[name].map { "\($0.utf8.count) different bytes" } ?? "missing")"
                }
                let twice = came.fields.filter { $0.name.lowercased() == "x-twice" }.map(\.value)
                let values = twice.flatMap { $0.split(separator: ",") }.map { $0.trimmingCharacters(in: .whitespaces) }
                return values == ["one", "two"] ? nil : "X-Twice: \(values)"
            }
        }
    }

    private var odd: ConformanceCase {
        ConformanceCase(
            clause: "Header bytes unchanged",
            tried: "a response with a long value, unusual characters, and two Set-Cookie fields",
            expected: "the same bytes in the response"
        ) {
            let long = String(repeating: "a=b; ", count: 800)
            return try await served({ _ in
                var headers: WireHeaders = ["X-Long": long + ".", "X-Odd": Self.values[3]]
                headers.append("Set-Cookie", "one=1; Path=/")
                headers.append("Set-Cookie", "two=2; Expires=Wed, 21 Oct 2099 07:28:00 GMT")
                return .response(WireResponse(status: 200, headers: headers))
            }) { url, _ in
                let headers = try await transport.send(request("POST", url), .conformance).headers
                guard headers["x-long"] == long + ".", headers["X-ODD"] == Self.values[3] else { return "other values" }
                let cookies = headers.fields.filter { $0.name.lowercased() == "set-cookie" }.map(\.value)
                let all = cookies.joined(separator: ", ")
                return all.contains("one=1") && all.contains("two=2") ? nil : "\(cookies.count) cookies"
            }
        }
    }

    private var crowd: ConformanceCase {
        ConformanceCase(
            clause: "One exchange",
            tried: "40 concurrent requests, alternating GET and POST",
            expected: "40 requests, each with its own response"
        ) {
            try await served({ .response(WireResponse(status: 200, body: Data($0.url.path().utf8))) }) { url, server in
                let right = try await withThrowingTaskGroup(of: Bool.self) { group in
                    for number in 0..<40 {
                        let request = request(number % 2 == 0 ? "GET" : "POST", url.appending(path: "\(number)"))
                        group.addTask {
                            try await transport.send(request, .conformance).body == Data("/\(number)".utf8)
                        }
                    }
                    return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
                }
                let count = server.facts.requests
                return right == 40 && count == 40 ? nil : "\(right) correct responses to \(count) requests"
            }
        }
    }
}
