import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

@Suite(.timeLimit(.minutes(5)))
struct UploadTests {
    private func sandbox() -> ProviderSandbox {
        let sandbox = ProviderSandbox(.tiki)
        sandbox.stub("POST", "/files") { WireResponse(status: 200, body: $0.body?.data ?? Data()) }
        return sandbox
    }

    private func request(_ sandbox: ProviderSandbox) -> URLRequest {
        var request = URLRequest(url: sandbox.url("/files"))
        request.httpMethod = "POST"
        return request
    }

    @Test func `Bytes are uploaded, and once more with a new token`() async throws {
        let sandbox = sandbox()
        let session = sandbox.session()
        _ = try await session.accessToken()
        sandbox.revokeAccessTokens()
        var request = request(sandbox)
        request.httpBody = Data("not this".utf8)
        let (data, response) = try await session.upload(for: request, from: Data("file".utf8))
        #expect(data == Data("file".utf8))
        #expect(response.statusCode == 200)
        #expect(sandbox.counters.resourceRequests == 2)
    }

    @Test func `A stream is sent to its end`() async throws {
        let sandbox = sandbox()
        var request = request(sandbox)
        let bytes = Data((0..<200_000).map { UInt8(truncatingIfNeeded: $0) })
        request.httpBodyStream = InputStream(data: bytes)
        let (data, response) = try await sandbox.session().data(for: request)
        #expect(response.statusCode == 200)
        #expect(data == bytes)
    }

    @Test func `A stream is sent once, and the next call has a new token`() async throws {
        let sandbox = sandbox()
        let session = sandbox.session()
        let old = try await session.accessToken()
        sandbox.revokeAccessTokens()
        var request = request(sandbox)
        request.httpBodyStream = InputStream(data: Data("once".utf8))
        #expect(try await session.data(for: request).1.statusCode == 401)
        #expect(sandbox.counters.resourceRequests == 1)
        #expect(sandbox.counters.tokenRequests == 2)
        let new = try #require(session.currentAccessToken)
        #expect(new != old)
        request.httpBodyStream = InputStream(data: Data("again".utf8))
        #expect(try await session.data(for: request).1.statusCode == 200)
        #expect(sandbox.counters.tokenRequests == 2)
    }

    @Test func `A renewal that fails after a stream leaves the caller the API's answer`() async throws {
        let sandbox = sandbox()
        let session = sandbox.session()
        _ = try await session.accessToken()
        sandbox.revokeAccessTokens()
        sandbox.fail(with: .response(.json(400, #"{"error":"invalid_client"}"#)), at: .tokenEndpoints)
        var request = request(sandbox)
        request.httpBodyStream = InputStream(data: Data("once".utf8))
        #expect(try await session.data(for: request).1.statusCode == 401)
    }

    @Test func `A stream that fails, and one that goes nowhere, is not sent`() async throws {
        let sandbox = sandbox()
        let session = sandbox.session()
        var request = request(sandbox)
        request.httpBodyStream = InputStream(fileAtPath: "/nonexistent/file")
        let error = await #expect(throws: TokenError.self) { try await session.data(for: request) }
        #expect(error?.code == .invalidRequest)
        request.url = URL(string: "https://evil.example/")
        request.httpBodyStream = InputStream(data: Data("once".utf8))
        let other = await #expect(throws: TokenError.self) { try await session.data(for: request) }
        #expect(other?.code == .untrustedHost)
        #expect(sandbox.counters.resourceRequests + sandbox.counters.tokenRequests == 0)
    }
}
