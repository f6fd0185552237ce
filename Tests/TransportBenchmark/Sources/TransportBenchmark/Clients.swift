import AsyncHTTPClient
import Foundation
import OAuthDialects

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// Something that gets a URL.
protocol Client: Sendable {
    /// - Returns: the status.
    func get(_ url: URL) async throws -> Int
}

struct SystemTransportClient: Client {
    static let shared = Self()

    func get(_ url: URL) async throws -> Int {
        try await SystemTransport.system.send(WireRequest("GET", url), .api).status
    }
}

/// `data(for:)` of a session with a token in hand.
struct SessionClient: Client {
    let session: TokenSession

    init(_ url: URL) throws {
        let store = InMemoryTokenStore()
        let origin = "http://127.0.0.1:\(url.port ?? 80)"
        session = TokenSession(
            dialect: .standard(name: "benchmark", tokenEndpoint: url, apiHosts: [origin]),
            credentials: ClientCredentials(id: "id", secret: "secret"),
            store: store,
            transport: TokenForFree()
        )
    }

    func get(_ url: URL) async throws -> Int { try await session.data(for: URLRequest(url: url)).1.statusCode }
}

/// Answers token requests itself, and sends everything else.
private struct TokenForFree: WireTransport {
    func send(_ request: WireRequest, _ limits: WireLimits) async throws -> WireResponse {
        if request.method == "POST" {
            let body = #"{"access_token":"token","token_type":"Bearer","expires_in":86400}"#
            return WireResponse(status: 200, headers: ["Content-Type": "application/json"], body: Data(body.utf8))
        }
        return try await SystemTransport.system.send(request, limits)
    }
}

struct URLSessionClient: Client {
    let session = URLSession(configuration: .ephemeral)

    func get(_ url: URL) async throws -> Int {
        (try await session.data(for: URLRequest(url: url)).1 as? HTTPURLResponse)?.statusCode ?? 0
    }
}

struct AsyncHTTPClientClient: Client {
    func get(_ url: URL) async throws -> Int {
        let response = try await HTTPClient.shared.execute(
            HTTPClientRequest(url: url.absoluteString),
            timeout: .seconds(30)
        )
        _ = try await response.body.collect(upTo: 1024)
        return Int(response.status.code)
    }
}
