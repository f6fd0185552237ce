#if os(Linux)
import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

/// What an error of a real transport says: the provider, the cause, and the host, and nothing else of the URL.
@Suite(.timeLimit(.minutes(5)))
struct FailureMessageTests {
    struct Row: Sendable {
        let name: String
        let reply: LoopbackReply
        /// What both transports say, or libcurl alone.
        let message: String
        var byURLSession: String?
    }

    static let rows = [
        Row(
            name: "reset",
            reply: .reset,
            message: "shop gave no complete answer: 127.0.0.1 closed the connection before the answer was complete"
                + " (Recv failure: Connection reset by peer).",
            byURLSession: "shop gave no complete answer: 127.0.0.1 closed the connection before the answer was"
                + " complete."
        ),
        Row(
            name: "closed",
            reply: .close,
            message: "shop gave no complete answer: 127.0.0.1 closed the connection before the answer was complete"
                + " (Empty reply from server).",
            byURLSession: "shop gave no complete answer: 127.0.0.1 closed the connection before the answer was"
                + " complete."
        ),
        Row(
            name: "cut off",
            reply: .truncated(WireResponse(status: 200, body: Data("hello".utf8)), afterBodyBytes: 2),
            message: "shop gave no complete answer: 127.0.0.1 closed the connection before the answer was complete"
                + " (transfer closed with 3 bytes remaining to read).",
            byURLSession: "shop gave no complete answer: the request to 127.0.0.1 failed"
                + " (transfer closed with 3 bytes remaining to read)."
        ),
        Row(
            name: "timeout",
            reply: .hang,
            message: "shop did not answer: 127.0.0.1 did not answer in time.",
            byURLSession: "shop did not answer: no answer from 127.0.0.1 in time."
        ),
        Row(
            name: "502",
            reply: .response(WireResponse(status: 502, body: Data("<html>".utf8))),
            message: "shop can't answer now: 127.0.0.1 answered with HTTP 502 (bad gateway)."
        ),
        Row(
            name: "503",
            reply: .response(.refused("temporarily_unavailable", 503)),
            message: "shop can't answer now: 127.0.0.1 answered with HTTP 503, temporarily_unavailable."
        ),
        Row(
            name: "redirect",
            reply: .response(WireResponse(status: 302, headers: ["Location": "/elsewhere"])),
            message: "shop gave no token: 127.0.0.1 answered with a redirect (HTTP 302), which is never followed."
        ),
    ]

    @Test(arguments: rows.indices, [false, true])
    func `A server that gives no answer`(_ index: Int, _ isURLSession: Bool) async throws {
        let row = Self.rows[index]
        let server = try await LoopbackServer.scripted { _ in row.reply }
        let message = try await message(from: server.url, isURLSession, within: row.name == "timeout" ? 2 : 60)
        #expect(message == (isURLSession ? row.byURLSession : nil) ?? row.message, "\(row.name)")
        await server.stop()
    }

    @Test(arguments: [false, true])
    func `A host that does not exist`(_ isURLSession: Bool) async throws {
        let message = try await message(from: try Sample.url("https://nobody.invalid"), isURLSession)
        #expect(message == "shop could not be reached: the host nobody.invalid was not found.")
    }

    @Test(arguments: [false, true])
    func `A port where nobody listens`(_ isURLSession: Bool) async throws {
        let message = try await message(from: try Sample.url("http://127.0.0.1:1"), isURLSession)
        let cause = isURLSession ? "" : " (connection refused)"
        #expect(message == "shop could not be reached: no connection to 127.0.0.1 could be made\(cause).")
    }

    @Test(arguments: [false, true])
    func `A certificate that is not trusted`(_ isURLSession: Bool) async throws {
        let authority = try await TestAuthority()
        let server = try await TLSServer(authority.certificate())
        let message = try await message(from: server.url, isURLSession)
        let start = "shop could not be reached: no secure connection to localhost could be made"
        #expect(message.hasPrefix(start + " (SSL certificate problem: "), "\(message)")
        await server.stop()
    }

    /// What a caller gets from a session at such a server.
    private func message(from url: URL, _ isURLSession: Bool, within seconds: Int = 60) async throws -> String {
        var parts = try #require(URLComponents(url: url, resolvingAgainstBaseURL: true))
        (parts.path, parts.query) = ("/p4th", "k=qu3ry")
        let origin = try Origin(of: url).description
        var policy = RenewalPolicy()
        policy.exchangeLimits.timeout = .seconds(seconds)
        let session = TokenSession(
            dialect: .standard(name: "shop", tokenEndpoint: try #require(parts.url), apiHosts: [origin]),
            credentials: ClientCredentials(id: "client", secret: "s3cret"),
            transport: isURLSession ? URLSessionTransport.shared as any WireTransport : .system,
            policy: policy
        )
        let failure = await #expect(throws: TokenError.self) { try await session.accessToken(within: .seconds(120)) }
        let error = try #require(failure)
        Printed(error).lacks(["p4th", "qu3ry", "s3cret"])
        Printed(session.status).lacks(["p4th", "qu3ry", "s3cret"])
        return error.message
    }
}
#endif
