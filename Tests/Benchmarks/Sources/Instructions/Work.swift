import Foundation
import OAuthDialects

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// What is counted.
enum Work: String, CaseIterable {
    /// `currentAccessToken` on a fresh token.
    case current

    /// `accessToken()` on a fresh token.
    case access

    /// `currentAccessToken` of a session that several threads have read at once.
    case contended

    /// `data(for:)` over a transport in memory: what a session adds to a request.
    case data

    /// Reading a token answer of WeTix's documents.
    case answer

    /// A session of a pool for another account.
    case session

    func run(_ count: Int) async throws {
        switch self {
        case .current:
            let session = try await Self.warmSession()
            for _ in 0..<count { consume(session.currentAccessToken) }
        case .access:
            let session = try await Self.warmSession()
            for _ in 0..<count { consume(try await session.accessToken()) }
        case .contended:
            readCopies(of: try await Self.contendedSession(), count)
        case .data:
            let session = try await Self.warmSession()
            guard let url = URL(string: "https://sb-open.wetix.my/graphql") else { return }
            let request = URLRequest(url: url)
            for _ in 0..<count { consume(try await session.data(for: request)) }
        case .answer:
            let conventions = WeTixDialect.weTix(.sandbox).conventions
            let client = ClientCredentials(id: "id", secret: "secret")
            let exchange = TokenExchange(grant: .clientCredentials(), credentials: client, date: Date())
            for _ in 0..<count { consume(try conventions.tokens(in: OneAnswer.long, for: exchange)) }
        case .session:
            let pool = SessionPool(transport: OneAnswer(), capacity: 3 * count)
            let dialect: any ProviderDialect = .weTix(.sandbox)
            let client = ClientCredentials(id: "id", secret: "secret")
            for number in 0..<count {
                let account = try Account("merchant-\(number)")
                consume(pool.session(dialect: dialect, credentials: client, identity: .user(account)))
            }
        }
    }

    /// Two tasks read until one finds the lock taken: from then on each thread reads a copy of the token.
    private static func contendedSession() async throws -> TokenSession {
        let session = try await warmSession()
        let original = session.currentAccessToken
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<2 { group.addTask { while isOne(session.currentAccessToken, original) {} } }
        }
        return session
    }

    private static func isOne(_ token: AccessToken?, _ other: AccessToken?) -> Bool {
        unsafeBitCast(token, to: UInt.self) == unsafeBitCast(other, to: UInt.self)
    }

    private static func warmSession() async throws -> TokenSession {
        let session = TokenSession(
            dialect: .weTix(.sandbox),
            credentials: ClientCredentials(id: "id", secret: "secret"),
            transport: OneAnswer()
        )
        consume(try await session.accessToken())
        return session
    }
}

/// A provider that gives the same answer to everything.
private struct OneAnswer: WireTransport {
    static let response = WireResponse(
        status: 200,
        body: Data(#"{"access_token":"b4a4","refresh_token":"6b1e","token_type":"Bearer","expires_in":3600}"#.utf8)
    )

    /// With two tokens of 350 bytes.
    static let long = {
        let token = String(repeating: "eyJhbGciOi", count: 35)
        let text = """
            {"access_token":"\(token)","expires_in":5184000,"refresh_token":"\(token)","refresh_token_expires_in":31536000,"token_type":"Bearer"}
            """
        return WireResponse(status: 200, body: Data(text.utf8))
    }()

    func send(_ request: WireRequest, _ limits: WireLimits) async throws -> WireResponse { Self.response }
}

/// Keeps the optimiser from leaving work out.
@inline(never)
func consume<Value>(_ value: Value) { withExtendedLifetime(value) {} }

/// A function of its own, so that callgrind can leave out how the session came to have copies.
@inline(never)
func readCopies(of session: TokenSession, _ count: Int) {
    for _ in 0..<count { consume(session.currentAccessToken) }
}
