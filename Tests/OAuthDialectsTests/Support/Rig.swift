import Foundation
import OAuthDialects
import OAuthDialectsTesting

/// A session under a test clock, before a provider whose answers the test decides.
struct Rig: Sendable {
    let clock: TestClock
    let provider: StubProvider
    let store: any TokenStore
    let session: TokenSession
    let log: Log

    init(
        dialect: any ProviderDialect = .weTix(.sandbox),
        credentials: any CredentialsSource = ClientCredentials(id: "client", secret: "s3cret"),
        identity: Identity = .client(),
        signer: (any RequestSigner)? = nil,
        policy: RenewalPolicy = .standard,
        clock: TestClock = TestClock(),
        provider: StubProvider = StubProvider(),
        store: any TokenStore = InMemoryTokenStore()
    ) {
        self.clock = clock
        self.provider = provider
        self.store = store
        let log = Log()
        self.log = log
        session = TokenSession(
            dialect: dialect,
            credentials: credentials,
            identity: identity,
            signer: signer,
            store: store,
            transport: provider,
            policy: policy,
            clock: clock,
            onEvent: { log.append($0) }
        )
    }

    var token: String {
        get async throws { try await session.accessToken().value.revealed }
    }

    /// Waits until so many callers stand in line.
    func waiting(_ count: Int) async {
        await eventually { session.status.waitingCallers == count }
    }

    /// Waits until no renewal is under way.
    func settled() async {
        await eventually { !session.status.isRenewing }
    }

    /// Starts so many callers and waits until all of them stand in line.
    func queue(_ count: Int = 1) async -> [Task<String, any Error>] {
        let tasks = (0..<count).map { _ in Task { try await token } }
        await waiting(count)
        return tasks
    }
}

extension Rig {
    /// What a caller gets, with the pauses of its renewal skipped.
    func outcome() async -> Result<AccessToken, any Error> {
        await patiently { try await session.accessToken(within: .seconds(60)) }
    }

    /// What a call brings, with the pauses of its renewal skipped.
    func patiently<Value: Sendable>(
        _ call: @escaping @Sendable () async throws -> Value
    ) async -> Result<Value, any Error> {
        let result = Locked<Result<Value, any Error>?>(nil)
        let caller = Task {
            let answer: Result<Value, any Error>
            do { answer = .success(try await call()) } catch { answer = .failure(error) }
            result.withLock { $0 = answer }
        }
        await clock.drain(until: { result.withLock { $0 != nil } })
        await caller.value
        return result.withLock { $0! }
    }

    /// The error that a caller gets.
    func failure() async -> TokenError? {
        if case .failure(let error) = await outcome() { error as? TokenError } else { nil }
    }
}

/// The events of a session, in order.
final class Log: Sendable {
    private let list = Locked<[SessionEvent]>([])

    var events: [SessionEvent] { list.withLock { $0 } }

    func append(_ event: SessionEvent) { list.withLock { $0.append(event) } }

    func count(of name: SessionEvent.Name) -> Int { events.count { $0.name == name } }
}

extension Duration {
    static func hours(_ count: Int) -> Duration { .seconds(count * 3600) }
}
