import AsyncHTTPClient
import AsyncHTTPClientTransport
import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

/// Lends a transport and ends it.
func withTransport<Value>(
    configuration: HTTPClient.Configuration = .init(),
    _ body: (AsyncHTTPClientTransport) async throws -> Value
) async throws -> Value {
    let transport = AsyncHTTPClientTransport(configuration: configuration)
    do {
        let value = try await body(transport)
        try await transport.shutdown()
        return value
    } catch {
        try await transport.shutdown()
        throw error
    }
}

/// What a piece of work threw.
func failure(of work: () async throws -> some Sendable) async -> (any Error)? {
    do {
        _ = try await work()
        return nil
    } catch {
        return error
    }
}

extension WireRequest {
    static func post(_ url: URL) -> Self {
        WireRequest("POST", url, headers: ["Authorization": "Basic aWQ6c2VjcmV0"], body: .form([WireField("a", "b")]))
    }
}

extension WireLimits {
    static let tokenRequest = WireLimits(maximumBodyBytes: 1024 * 1024, timeout: .seconds(30))
    static let short = WireLimits(maximumBodyBytes: 1000, timeout: .milliseconds(300))
}

func text(_ data: Data) -> String { String(decoding: data, as: UTF8.self) }
