#if os(Linux)
import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

/// What a user's session makes of servers to which nothing can be sent; `OAUTH_DIALECTS_HANDSHAKES` says after how many attempts.
@Suite(.serialized, .timeLimit(.minutes(30)))
struct HandshakeSessionTests {
    enum Handshake: CaseIterable {
        case droppedAttempt, untrustedCertificate, cutTLS, silentTLS, plainHTTP
    }

    private static let failedAttempts = rounds("OAUTH_DIALECTS_HANDSHAKES", 5)

    @Test(arguments: Handshake.allCases, [false, true])
    func `Attempts of which nothing is sent cost no sign-in`(_ handshake: Handshake, _ isRestarted: Bool) async throws {
        let provider = try await ExpiredSignIn()
        let attempts = try await failing(handshake) { url in
            provider.detour.leads(to: url)
            let session = provider.session()
            while provider.detour.requests < Self.failedAttempts {
                let error = await tokenError { try await session.accessToken() }
                #expect(error?.code == .unavailable || error?.code == .timedOut, "\(String(describing: error))")
            }
            // Callers are answered before the mark is taken back.
            await eventually { (try? await provider.record)?.refreshStanding == .ready }
            #expect(try await provider.record?.generation == provider.expired.generation)
            #expect(!session.status.needsSignIn)
            #expect(provider.shared.sandbox.counters.tokenRequests(of: "refresh_token") == 0)
            provider.detour.leads(to: nil)
            _ = try await eventualToken(of: isRestarted ? provider.session() : session)
            return provider.detour.requests
        }
        #expect(try await provider.record?.refreshStanding == .ready)
        #expect(provider.shared.sandbox.counters.tokenRequests(of: "refresh_token") == 1)
        #expect(provider.shared.sandbox.counters.reuses == 0)
        let who = isRestarted ? "after a restart" : "same session"
        print("\(handshake), \(who): \(attempts - 1) attempts failed, then a token")
    }

    /// Runs a function with a server that fails in this way.
    private func failing<Value>(_ handshake: Handshake, _ body: (URL) async throws -> Value) async throws -> Value {
        switch handshake {
        case .droppedAttempt:
            let full = try LoopbackFullPort()
            let value = try await body(URL(string: "http://127.0.0.1:\(full.port)")!)
            return withExtendedLifetime(full) { value }
        case .untrustedCertificate:
            let server = try await UntrustedServer.start()
            defer { server.stop() }
            return try await body(URL(string: "https://127.0.0.1:\(server.port)")!)
        case .cutTLS: return try await replying(.close, body)
        case .silentTLS: return try await replying(.hang, body)
        case .plainHTTP: return try await replying(.raw("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"), body)
        }
    }

    private func replying<Value>(_ reply: LoopbackReply, _ body: (URL) async throws -> Value) async throws -> Value {
        let server = try await LoopbackServer.scripted(limits: .raw) { _ in reply }
        let value = try await body(URL(string: "https://127.0.0.1:\(server.url.port ?? 0)")!)
        await server.stop()
        return value
    }

    /// A token as soon as the session no longer backs off.
    private func eventualToken(of session: TokenSession) async throws -> AccessToken {
        while true {
            do { return try await session.accessToken() } catch let error as TokenError where error.isTransient {
                await Task.yield()
            }
        }
    }

    private func tokenError(_ body: () async throws -> AccessToken) async -> TokenError? {
        do {
            _ = try await body()
            return nil
        } catch { return error as? TokenError }
    }
}

/// A user's sign-in in a file, whose access token expired an hour ago.
private struct ExpiredSignIn {
    let shared: SharedProvider
    let detour = Detour()
    let account: Account
    let expired: TokenRecord
    private let folder: Folder
    private let key: SessionKey

    init() async throws {
        (folder, account) = (try Folder(), try Account("ann"))
        shared = try await SharedProvider(folder.store)
        let session = try shared.session("ann")
        try await session.signIn(with: shared.sandbox.issueCode())
        key = session.key(for: shared.sandbox.credentials)
        let store = FileTokenStore(directory: folder.store)
        var record = try #require(try await store.record(for: key))
        record.generation += 1
        record.requestedAt -= 3600 + (record.lifetime ?? .zero) / .seconds(1)
        expired = record
        try await store.update(key) { [record] in try await $0.save(record) }
    }

    var record: TokenRecord? {
        get async throws { try await FileTokenStore(directory: folder.store).record(for: key) }
    }

    /// A session that makes attempt after attempt, each of which gives up soon.
    func session() -> TokenSession {
        var policy = RenewalPolicy.standard
        policy.exchangeLimits.timeout = .milliseconds(400)
        policy.backoff = .milliseconds(1)...Duration.milliseconds(20)
        policy.burst = 1000
        return shared.sandbox.session(
            at: shared.server.url,
            identity: .user(account),
            store: FileTokenStore(directory: folder.store),
            transport: detour,
            policy: policy
        )
    }
}

/// The platform's transport, which takes requests to another server for a while.
private final class Detour: WireTransport {
    private let state = Locked<(url: URL?, requests: Int)>((nil, 0))

    var waitsForConnections: Bool { SystemTransport.system.waitsForConnections }
    var requests: Int { state.withLock(\.requests) }

    func leads(to url: URL?) { state.withLock { $0.url = url } }

    func send(_ request: WireRequest, _ limits: WireLimits) async throws -> WireResponse {
        let url = state.withLock { state in
            state.requests += 1
            return state.url
        }
        var request = request
        if let url { request.url = url.appending(path: request.url.path) }
        return try await SystemTransport.system.send(request, limits)
    }
}
#endif
