import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

// The first program of GettingStarted.md, word for word. `print` is the one at the end of this file.

private func firstCall() async throws {
    let sandbox = ProviderSandbox(.tiki)
    sandbox.stub("GET", "/orders", json: #"{"items":["A-1","A-2"]}"#)
    let session = sandbox.session()

    let request = URLRequest(url: sandbox.url("/orders"))
    let (data, response) = try await session.data(for: request)
    print(response.statusCode, String(decoding: data, as: UTF8.self))

    sandbox.revokeAccessTokens()
    let (_, again) = try await session.data(for: request)
    let requests = sandbox.counters.tokenRequests
    print(again.statusCode, "after", requests, "token requests")
}

@Test func `The first program prints what the article says`() async throws {
    try await firstCall()
    let article = try Samples.article("GettingStarted")
    #expect(article.contains("\n```text\n\(output.text)\n```\n"))
}

private let output = PrintedLines()

private func print(_ items: Any...) { output.append(items) }
