import Foundation
import OAuthDialects

/// Reads of a token that is there: nanoseconds a call.
enum Reading {
    private static let calls = 2_000_000

    /// What `currentAccessToken` takes in each of some tasks that read at once.
    @concurrent
    static func current(_ session: TokenSession, tasks: Int) async throws -> Double {
        try await time(tasks) { for _ in 0..<calls { consume(session.currentAccessToken) } }
    }

    /// The same for `accessToken()`.
    @concurrent
    static func access(_ session: TokenSession, tasks: Int) async throws -> Double {
        try await time(tasks) { for _ in 0..<calls { consume(try await session.accessToken()) } }
    }

    private static func time(
        _ tasks: Int,
        _ reads: @escaping @Sendable @concurrent () async throws -> Void
    ) async throws -> Double {
        let start = ContinuousClock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<tasks { group.addTask(operation: reads) }
            try await group.waitForAll()
        }
        return (ContinuousClock.now - start) / .nanoseconds(1) / Double(calls)
    }

    @MainActor
    static func onMainActor(_ session: TokenSession) async throws -> Double {
        let start = ContinuousClock.now
        for _ in 0..<calls { consume(try await session.accessToken()) }
        return (ContinuousClock.now - start) / .nanoseconds(1) / Double(calls)
    }

    @MainActor
    static func hop() async -> Double {
        let start = ContinuousClock.now
        for _ in 0..<2000 { await elsewhere.visit() }
        return (ContinuousClock.now - start) / .nanoseconds(1) / 2000
    }

    /// The reading of a token answer with two tokens of 350 bytes, in microseconds.
    static func answer() throws -> Double {
        let token = String(repeating: "eyJhbGciOi", count: 35)
        let text = """
            {
                "access_token": "\(token)",
                "expires_in": 5184000,
                "refresh_token": "\(token)",
                "refresh_token_expires_in": 31536000,
                "token_type": "Bearer"
            }
            """
        let response = WireResponse(status: 200, body: Data(text.utf8))
        let conventions = WireConventions {
            $0.request.bodyEncoding = .json
            $0.request.clientAuthentication = .basic
        }
        let client = ClientCredentials(id: "id", secret: "secret")
        let exchange = TokenExchange(grant: .clientCredentials(), credentials: client, date: Date())
        let start = ContinuousClock.now
        for _ in 0..<20_000 { _ = try conventions.tokens(in: response, for: exchange) }
        return (ContinuousClock.now - start) / .microseconds(1) / 20_000
    }
}

private actor Elsewhere {
    private var visits = 0

    func visit() { visits += 1 }
}

private let elsewhere = Elsewhere()

@inline(never)
func consume(_ token: AccessToken?) {}
