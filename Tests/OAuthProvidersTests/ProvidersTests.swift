import Foundation
import OAuthDialects
import OAuthDialectsTesting
import OAuthProviders
import Testing

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

struct Order: Codable, Equatable {
    let id: Int
    let total: Double
}

@Test func `Smoke`() async throws {
    let sandbox = ProviderSandbox(.tiki)
    sandbox.stub("GET", "/orders", json: #"{"id":1,"total":2.5}"#)
    let providers = try Providers.environment(
        [
            "OAUTH_PROVIDERS": "tiki", "TIKI_ENVIRONMENT": sandbox.baseURL.absoluteString,
            "TIKI_CLIENT_ID": sandbox.credentials.id,
            "TIKI_CLIENT_SECRET": sandbox.credentials.secret!.revealed, "TIKI_ACCOUNTS": "a b",
            "TIKI_PERSONAL_ACCOUNTS": "x@y.z",
        ],
        transport: sandbox,
        clock: sandbox.clock,
        onEvent: { print($0, $1.name, $1.metadata) }
    )
    print(try await providers["tiki"].json(Order.self, from: sandbox.url("/orders")))
    print(try await providers["tiki"].json(Order?.self, from: sandbox.url("/orders")) as Any)
    sandbox.failNext(.empty)
    print(try await providers["tiki"].json(Order?.self, from: sandbox.url("/orders")) as Any)
    sandbox.stub("GET", "/orders", json: #"{"id":1,"total":"x"}"#)
    do { _ = try await providers["tiki"].json([String: Order].self, from: sandbox.url("/orders")) } catch {
        print(error)
    }
    do { _ = try await providers["tiki"].json(Order.self, from: sandbox.url("/orders")) } catch { print(error) }
    print(providers.status)
    print(String(decoding: try JSONEncoder().encode(providers.status), as: UTF8.self))
}
