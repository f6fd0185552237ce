internal import Foundation
internal import OAuthDialects

/// What the checks of a store share: two handles on it, keys nobody else has, records.
struct StoreBench: Sendable {
    static let secrets: [Secret] = ["conformance-access-token", "conformance-refresh-token", "conformance-id-token"]

    /// When the records say that they were asked for: whole seconds, and parts of one that a store must not lose.
    static let date = Date(timeIntervalSince1970: 1_767_225_600.25)

    let makeStore: @Sendable () async throws -> any TokenStore
    private let run = UInt64.random(in: .min ... .max)
    private let used = Locked<[SessionKey]>([])

    init(_ makeStore: @escaping @Sendable () async throws -> any TokenStore) {
        self.makeStore = makeStore
    }

    /// A key that nothing outside this run has.
    func key(_ name: String) -> SessionKey {
        let key = SessionKey([("conformance", String(run, radix: 16)), ("case", name)])
        used.withLock { $0.append(key) }
        return key
    }

    func record(_ number: Int, _ standing: TokenRecord.RefreshStanding = .ready) throws -> TokenRecord {
        TokenRecord(
            generation: .init(number: number, id: "0123456789abcdef"),
            accessToken: Self.secrets[0],
            requestedAt: Self.date,
            lifetime: .seconds(3600),
            scopes: ["read", "write"],
            refreshToken: try RefreshToken(Self.secrets[1]),
            refreshStanding: standing,
            refreshTokenEndsAt: Self.date.addingTimeInterval(1_576_799_999),
            idToken: Self.secrets[2]
        )
    }

    func tombstone(_ number: Int) -> TokenRecord {
        TokenRecord(
            generation: .init(number: number, id: "fedcba9876543210"),
            accessToken: nil,
            requestedAt: Self.date
        )
    }

    func put(_ record: TokenRecord, for key: SessionKey, in store: any TokenStore) async throws {
        try await store.update(key) { _, _ in .replace(record) }
    }

    /// Runs something while an update of a key is in the middle of its body.
    func holding<Result: Sendable>(
        _ key: SessionKey,
        in store: any TokenStore,
        _ body: @Sendable () async throws -> Result
    ) async throws -> Result {
        let (inside, done) = (Latch(), Latch())
        async let holder: TokenRecord? = {
            // Also where the update never comes to its body: what it threw is thrown below.
            defer { inside.open() }
            return try await store.update(key) { _, _ in
                inside.open()
                try await done.wait()
                return .keep
            }
        }()
        defer { done.open() }
        try await inside.wait()
        let result = try await body()
        done.open()
        _ = try await holder
        return result
    }

    /// Removes what was written, as far as the store lets it in the time.
    func tidy(within patience: Duration) async {
        let clock = SystemClock()
        let keys = used.withLock { $0 }
        _ = try? await clock.value(by: clock.now + patience) {
            let store = try await makeStore()
            for key in keys { try await store.update(key) { _, _ in .remove } }
        }
    }
}

/// What a record is, for a report: never its tokens.
func shown(_ record: TokenRecord?) -> String {
    record.map(\.description) ?? "no record"
}
