import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

@Suite(.timeLimit(.minutes(5)))
struct TransportRefusalTests {
    static let unsendable: [@Sendable (inout WireRequest) -> Void] = [
        { $0.headers["X-Note"] = "a\r\nHost: evil.example" },
        { $0.headers["X-Note"] = "a\nb" },
        { $0.headers["X Note"] = "a" },
        { $0.method = "GET / HTTP/1.1\r\nX:" },
        { $0.method = "post" },
        { $0.method = "" },
        { $0.method = "GET" },
    ]

    @Test(arguments: unsendable.indices)
    func `A request that can't be sent as it is is not sent`(index: Int) async throws {
        let server = try await LoopbackServer { _ in WireResponse(status: 200) }
        var request = WireRequest.post(server.url)
        Self.unsendable[index](&request)
        let error = await failure { [request] in
            try await SystemTransport.system.send(request, .api)
        }.token
        #expect(error?.code == .invalidRequest)
        #expect(server.facts.accepted == 0)
        await server.stop()
    }

    @Test(arguments: [
        "http://example.com/", "http://10.0.0.1/", "http://127%2e0%2e0%2e1/", "ftp://127.0.0.1/", "file:///x",
    ])
    func `Only https and loopback are taken`(url: String) async throws {
        let request = try WireRequest.post(#require(URL(string: url)))
        let error = await failure { try await SystemTransport.system.send(request, .api) }.token
        #expect(error?.code == .insecureEndpoint)
    }

    @Test(arguments: ["http_proxy", "all_proxy", "ALL_PROXY"])
    func `Loopback behind a proxy is refused, and the variable is named`(variable: String) async throws {
        let proxy = try await LoopbackServer(host: "127.0.0.2") { _ in WireResponse(status: 200) }
        let server = try await LoopbackServer { _ in WireResponse(status: 200) }
        let environment = [variable: proxy.url.absoluteString]
        let transport = URLSessionTransport(environment: { environment })
        let error = await failure { try await transport.send(.post(server.url), .api) }.token
        #expect(error?.code == .insecureEndpoint)
        #expect(error?.message.contains(variable) == true)
        #expect(proxy.facts.accepted == 0)
        #expect(server.facts.accepted == 0)
        await server.stop()
        await proxy.stop()
    }

    static let straight: [[String: String]] = [
        [:], ["http_proxy": ""], ["HTTP_PROXY": "http://p:1"], ["https_proxy": "http://p:1"],
        ["http_proxy": "http://p:1", "no_proxy": "*"],
        ["http_proxy": "http://p:1", "no_proxy": "localhost, 127.0.0.1"],
        ["all_proxy": "http://p:1", "no_proxy": "", "NO_PROXY": "127.0.0.1"],
    ]

    @Test(arguments: straight)
    func `Loopback that no proxy would carry is reached`(environment: [String: String]) async throws {
        let server = try await LoopbackServer { _ in WireResponse(status: 204) }
        let transport = URLSessionTransport(environment: { environment })
        #expect(try await transport.send(.post(server.url), .api).status == 204)
        await server.stop()
    }

    @Test(arguments: [
        ("Host", "evil.example"), ("host", "127.0.0.1"), ("Transfer-Encoding", "chunked"), ("Content-Length", "1"),
        ("content-length", "100"),
    ])
    func `A header that frames the request is the transport's`(name: String, value: String) async throws {
        var request = try WireRequest.post(#require(URL(string: "http://127.0.0.1:1/")))
        request.headers.append(name, value)
        let error = await failure { try await SystemTransport.system.send(request, .api) }.token
        #expect(error?.code == .invalidRequest)
        #expect(error?.message.lowercased().contains(name.lowercased()) == true)
    }

    @Test func `A length that is true is taken`() async throws {
        let server = try await LoopbackServer { _ in WireResponse(status: 204) }
        var request = WireRequest.post(server.url)
        request.headers.append("Content-Length", "3")
        #expect(try await SystemTransport.system.send(request, .api).status == 204)
        await server.stop()
    }

    static let carried: [[String: String]] = [
        ["http_proxy": "p", "no_proxy": "a,*"], ["http_proxy": "p", "no_proxy": "127.0.0.1:80"],
        ["http_proxy": "p", "no_proxy": "x", "NO_PROXY": "127.0.0.1"], ["http_proxy": "", "ALL_PROXY": "p"],
    ]

    @Test(arguments: carried)
    func `An exception that libcurl would not take is none`(environment: [String: String]) async throws {
        let transport = URLSessionTransport(environment: { environment })
        let request = try WireRequest.post(#require(URL(string: "http://127.0.0.1:1/")))
        #expect(await failure { try await transport.send(request, .api) }.token?.code == .insecureEndpoint)
    }

    #if os(Linux)
    /// In a process of its own, because its environment is changed.
    @Test func `A real proxy variable is seen, and without the refusal the proxy would have had the secret`() async {
        await #expect(processExitsWith: .success) {
            let seen = Locked<[String]>([])
            let proxy = try await LoopbackServer(host: "127.0.0.2") { request in
                seen.withLock { $0.append(request.headers["Authorization"] ?? "-") }
                return WireResponse(status: 200)
            }
            let server = try await LoopbackServer { _ in WireResponse(status: 200) }
            unsafe setenv("http_proxy", proxy.url.absoluteString, 1)
            let error = await failure { try await URLSessionTransport.shared.send(.post(server.url), .api) }.token
            #expect(error?.code == .insecureEndpoint)
            #expect(proxy.facts.accepted == 0)

            var request = URLRequest(url: server.url)
            request.setValue("Basic aWQ6c2VjcmV0", forHTTPHeaderField: "Authorization")
            _ = try await URLSession(configuration: .ephemeral).data(for: request)
            #expect(seen.withLock { $0 } == ["Basic aWQ6c2VjcmV0"])
            #expect(server.facts.accepted == 0)
        }
    }
    #endif
}
