import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

@Suite(.timeLimit(.minutes(5)))
struct TransportAnswerTests {
    @Test func `Method, path, headers and body arrive as they were given`() async throws {
        let server = try await LoopbackServer { request in
            let text = [request.method, request.url.absoluteString, request.headers["Authorization"] ?? "-"]
            return WireResponse(
                status: 200,
                body: Data(text.joined(separator: " ").utf8) + (request.body?.data ?? Data())
            )
        }
        let url = server.url.appending(path: "auth/token")
        let response = try await SystemTransport.system.send(.post(url), .api)
        #expect(response.status == 200)
        #expect(String(decoding: response.body, as: UTF8.self) == "POST \(url) Basic aWQ6c2VjcmV0a=b")
        await server.stop()
    }

    @Test(arguments: ["Basic realm=\"token\"", "Bearer realm=\"api\"", "Digest realm=\"a\", nonce=\"b\"", nil])
    func `A 401 comes back with its body, whatever it asks for`(challenge: String?) async throws {
        let server = try await LoopbackServer { _ in
            let headers: WireHeaders = challenge.map { ["WWW-Authenticate": $0] } ?? [:]
            return WireResponse(status: 401, headers: headers, body: Data(#"{"error":"invalid_client"}"#.utf8))
        }
        let transport = SystemTransport.system
        for request in [WireRequest.post(server.url), WireRequest("GET", server.url)] {
            let response = try await transport.send(request, .api)
            #expect(response.status == 401)
            #expect(response.headers["www-authenticate"] == challenge)
            #expect(String(decoding: response.body, as: UTF8.self) == #"{"error":"invalid_client"}"#)
        }
        #expect(server.facts.requests == 2)
        await server.stop()
    }

    @Test(arguments: [301, 302, 303, 307, 308], ["GET", "POST"])
    func `A redirect is returned, not followed`(status: Int, method: String) async throws {
        let other = try await LoopbackServer(host: "127.0.0.2") { _ in WireResponse(status: 200) }
        let location = other.url.absoluteString + "/elsewhere"
        let server = try await LoopbackServer { _ in
            WireResponse(status: status, headers: ["Location": location], body: Data("moved".utf8))
        }
        var request = WireRequest.post(server.url)
        if method == "GET" { request = WireRequest("GET", server.url, headers: request.headers) }
        let response = try await SystemTransport.system.send(request, .api)
        #expect(response.status == status)
        #expect(response.headers["Location"] == location)
        #expect(String(decoding: response.body, as: UTF8.self) == "moved")
        #expect(server.facts.requests == 1)
        #expect(other.facts.accepted == 0)
        await server.stop()
        await other.stop()
    }

    @Test func `A redirect to an address no one can read has at least its status`() async throws {
        let server = try await LoopbackServer { _ in
            WireResponse(status: 302, headers: ["Location": "//[::1/"], body: Data("moved".utf8))
        }
        let response = try await SystemTransport.system.send(.post(server.url), .api)
        #expect(response.status == 302)
        #expect(response.headers["Location"] == "//[::1/")
        await server.stop()
    }

    @Test func `Interim answers are passed over`() async throws {
        let server = try await LoopbackServer.scripted { _ in
            .raw(
                "HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"
                    + "HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno"
            )
        }
        let response = try await SystemTransport.system.send(.post(server.url), .api)
        #expect(response.status == 403)
        #expect(String(decoding: response.body, as: UTF8.self) == "no")
        await server.stop()
    }

    @Test func `A page of HTML is an answer like any other`() async throws {
        let page = Data("<!doctype html><title>Maintenance</title>".utf8)
        let server = try await LoopbackServer { _ in
            WireResponse(status: 503, headers: ["Content-Type": "text/html", "Retry-After": "30"], body: page)
        }
        let response = try await SystemTransport.system.send(.post(server.url), .api)
        #expect(response.status == 503)
        #expect(response.headers["content-type"] == "text/html")
        #expect(response.headers["retry-after"] == "30")
        #expect(response.body == page)
        await server.stop()
    }

    @Test func `A HEAD request has no body, whatever length is announced`() async throws {
        let server = try await LoopbackServer { _ in
            WireResponse(status: 200, headers: ["Content-Length": "99999999"])
        }
        let response = try await SystemTransport.system.send(WireRequest("HEAD", server.url), .api)
        #expect(response.status == 200)
        #expect(response.body.isEmpty)
        #expect(!response.isCutOff)
        await server.stop()
    }

    @Test(arguments: ["GET", "POST"])
    func `Cookies are not sent back`(method: String) async throws {
        let server = try await LoopbackServer { request in
            WireResponse(
                status: 200,
                headers: ["Set-Cookie": "session=1; Path=/"],
                body: Data((request.headers["Cookie"] ?? "none").utf8)
            )
        }
        let transport = SystemTransport.system
        for _ in 0..<3 {
            let response = try await transport.send(WireRequest(method, server.url), .api)
            #expect(response.headers["Set-Cookie"] == "session=1; Path=/")
            #expect(String(decoding: response.body, as: UTF8.self) == "none")
        }
        await server.stop()
    }

    @Test func `Nothing is cached`() async throws {
        let server = try await LoopbackServer { _ in
            WireResponse(status: 200, headers: ["Cache-Control": "max-age=3600"], body: Data("fresh".utf8))
        }
        let transport = SystemTransport.system
        for _ in 0..<3 { _ = try await transport.send(WireRequest("GET", server.url), .api) }
        #expect(server.facts.requests == 3)
        await server.stop()
    }

    @Test(arguments: ["GET", "POST"])
    func `Two hundred requests at once each get their own answer`(method: String) async throws {
        let server = try await LoopbackServer { WireResponse(status: 200, body: Data($0.url.path().utf8)) }
        let transport = SystemTransport.system
        let url = server.url
        let right = try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<200 {
                group.addTask {
                    let request = WireRequest(method, url.appending(path: "\(number)"))
                    return try await transport.send(request, .api).body == Data("/\(number)".utf8)
                }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(right == 200)
        #expect(server.facts.requests == 200)
        await server.stop()
    }

    /// libcurl before 8.3 corrupts the memory if the handle has carried a transfer before.
    @Test func `A response that begins with a continued header field harms nothing`() async throws {
        let count = Locked(0)
        let server = try await LoopbackServer.scripted { _ in
            let isOdd = count.withLock { count in
                count += 1
                return count % 2 == 0
            }
            let first = isOdd ? " continued: \(String(repeating: "x", count: 300))" : "X-First: 1"
            return .raw("HTTP/1.1 200 OK\r\n\(first)\r\nX-Second: 2\r\nContent-Length: 0\r\n\r\n")
        }
        for _ in 0..<100 {
            do {
                let response = try await SystemTransport.system.send(WireRequest("GET", server.url), .api)
                #expect(response.headers["X-Second"] == "2")
            } catch let failure as WireFailure {
                #expect(failure.mayHaveArrived)
            }
        }
        await server.stop()
    }
}
