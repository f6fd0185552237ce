import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// What failed for another reason than the token goes out once, whoever sends it.
@Suite(.timeLimit(.minutes(5)))
struct NotRepeatedTests {
    private static let url = URL(string: "https://sb-open.wetix.my/orders")!

    static let failures = [
        WireFailure(.connectionLost, mayHaveArrived: true), WireFailure(.timedOut, mayHaveArrived: true),
        WireFailure(.notHTTP, mayHaveArrived: true), WireFailure(.notConnected, mayHaveArrived: false),
    ]

    @Test(arguments: failures.indices, ["POST", "GET"])
    func `A request whose answer does not come is not sent again`(index: Int, method: String) async throws {
        let rig = Rig(
            provider: StubProvider { call in
                guard call.request.url.path.hasPrefix("/auth/") else { throw Self.failures[index] }
                return .tokens("access-1")
            }
        )
        var request = URLRequest(url: Self.url)
        request.httpMethod = method
        let ways: [() async throws -> Void] = [
            { _ = try await rig.session.data(for: request) },
            { _ = try await rig.session.send(WireRequest(method, Self.url)) },
        ]
        for way in ways {
            let error = await #expect(throws: TokenError.self) { try await way() }
            #expect(error?.isTransient == (method == "GET" || !Self.failures[index].mayHaveArrived))
        }
        if method == "POST" {
            await #expect(throws: TokenError.self) { try await rig.session.upload(for: request, from: Data("x".utf8)) }
        }
        let requests = rig.provider.calls.filter { $0.request.url == Self.url }
        #expect(requests.count == (method == "POST" ? 3 : 2))
        #expect(rig.provider.grantTypes.count == 1, "the token has nothing to do with it")
    }

    @Test func `Over a real socket a POST that is cut off goes out once`() async throws {
        let server = try await LoopbackServer.scripted { request in
            request.url.path == "/auth/token" ? .response(.tokens("access-1")) : .close
        }
        let session = TokenSession(
            dialect: .weTix(.custom(server.url)),
            credentials: ClientCredentials(id: "client", secret: "s3cret"),
            transport: SystemTransport.system,
            policy: .unhurried
        )
        var request = URLRequest(url: server.url.appending(path: "orders"))
        request.httpMethod = "POST"
        let error = await #expect(throws: TokenError.self) {
            try await session.upload(for: request, from: Data("one order".utf8))
        }
        #expect(error?.code == .requestFailed)
        #expect(server.facts.requests == 2, "the token's request, and the order's")
        await server.stop()
    }
}
