import FlyingFox
import FlyingSocks
import Foundation
import OAuthDialects

/// One person's way through the browser of this machine: out to the provider, and back to a port of 127.0.0.1 (RFC 8252, 7.3).
///
/// The SDK makes the URL with its state and PKCE, takes each attempt once, compares what comes back, and exchanges the code.
/// This listens, and answers the browser with a page that says how it ended.
public struct LoopbackSignIn: Sendable {
    private let session: TokenSession
    private let path: String
    private let port: UInt16

    /// Makes a sign-in for a person's session.
    ///
    /// - Parameters:
    ///   - session: the session that is to hold the tokens.
    ///   - path: the redirect URI's path, one for each provider.
    ///   - port: the redirect URI's port; 0 is any that is free, for providers that leave it open (RFC 8252, 8.4).
    public init(_ session: TokenSession, path: String, port: UInt16 = 0) {
        self.session = session
        self.path = path
        self.port = port
    }

    /// Signs the person in, and returns when the browser has its last page.
    ///
    /// - Parameter show: is given the URL for the browser, once somebody listens at the redirect URI.
    /// - Throws: `TokenError` if nobody signed in: after ten minutes, or as `TokenSession.signIn(with:callback:)` says.
    public func run(_ show: @escaping @Sendable (URL) async throws -> Void) async throws {
        // Longer than the session takes to exchange a code, its retries included.
        let server = HTTPServer(address: try .inet(ip4: "127.0.0.1", port: port), timeout: 60, logger: .disabled)
        try await withThrowingTaskGroup(of: Void.self) { group in
            defer { group.cancelAll() }
            group.addTask {
                do { try await server.run() } catch { throw Self.portFailed(port, error) }
            }
            group.addTask {
                // An attempt expires after ten minutes.
                try await Task.sleep(for: .seconds(600))
                throw TokenError(.signInExpired, "Nobody came back from the browser within ten minutes.")
            }
            let (outcomes, outcome) = AsyncThrowingStream.makeStream(of: Void.self)
            group.addTask {
                try await begin(on: server, show) { outcome.yield(with: $0) }
                for try await _ in outcomes { return }
            }
            do {
                try await group.next()
            } catch {
                await server.stop(timeout: 1)
                throw error
            }
            // Lets the last page out, which the browser is still reading.
            await server.stop(timeout: 1)
        }
    }

    private func begin(
        on server: HTTPServer,
        _ show: (URL) async throws -> Void,
        _ end: @escaping @Sendable (Result<Void, any Error>) -> Void
    ) async throws {
        try await server.waitUntilListening()
        guard case .ip4(_, let port) = await server.listeningAddress else { throw Self.portFailed(port, nil) }
        let origin = "http://127.0.0.1:\(port)"
        let attempt = try await session.beginSignIn(redirectURI: origin + path)
        let callbacks = CallbackHandler(session: session, origin: origin, end: end)
        try await callbacks.attempts.keep(attempt)
        await server.appendRoute(HTTPRoute("GET \(path)"), to: callbacks)
        try await show(attempt.url)
    }

    private static func portFailed(_ port: UInt16, _ error: (any Error)?) -> any Error {
        if error is CancellationError { return CancellationError() }
        return TokenError(
            .unavailable,
            "127.0.0.1\(port == 0 ? "" : ":\(port)") can't be listened on.",
            hint: port == 0 ? nil : "Another program may have the port.",
            underlying: error.map { UnderlyingError($0) }
        )
    }
}
