import Foundation
import OAuthDialects
import OAuthDialectsTesting
import OAuthProviders
import Testing

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

@Test func `The first program of the README prints its output`() async throws {
    var printed = ""
    func print(_ items: Any...) { printed += items.map { "\($0)" }.joined(separator: " ") + "\n" }

    let sandbox = ProviderSandbox(.tiki)
    sandbox.stub("GET", "/integration/v2/sellers/me", json: #"{"id":4711,"name":"A seller"}"#)
    let session = sandbox.session()
    let seller = sandbox.url("/integration/v2/sellers/me")
    let (data, response) = try await session.data(from: seller)
    print(response.statusCode, String(decoding: data, as: UTF8.self))
    sandbox.revokeAccessTokens()
    let (_, repeated) = try await session.data(from: seller)
    print(repeated.statusCode, "after", sandbox.counters.tokenRequests, "token requests")

    #expect(printed == #"200 {"id":4711,"name":"A seller"}"# + "\n200 after 2 token requests\n")
}

private func firstSample() async throws {
    let session = TokenSession(dialect: .tiki(.production), credentials: try .environment("TIKI"))
    let orders = URL(string: "https://api.tiki.vn/integration/v2/orders")!
    let (data, response) = try await session.data(from: orders)
    print(response.statusCode, data.count, "bytes")
}
