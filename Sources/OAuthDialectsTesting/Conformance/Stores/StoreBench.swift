internal import Foundation
internal import OAuthDialects

/// The fixture of the store's checks: handles, keys that only this run uses, and records.
struct StoreBench: Sendable {
    static let secrets: [Secret] = ["conformance-access-token", "conformance-refresh-token", "conformance-id-token"]

    /// The date of the records; it has a fraction of a second, which a store must not lose.
    static let date = Date(timeIntervalSince1970: 1_767_225_600.25)

    let makeStore: @Sendable () async throws -> any TokenStore
    private let run = UInt64.random(in: .min ... .max)

    init(_ makeStore: @escaping @Sendable () async throws -> any TokenStore) {
        self.makeStore = makeStore
    }

    /// A key that nothing outside this run uses.
    func key(_ name: String) -> SessionKey {
        SessionKey([("conformance", String(run, radix: 16)), ("case", name)])
    }

    func record(_ generation: Int, _ standing: TokenRecord.RefreshStanding = .ready) throws -> TokenRecord {
        TokenRecord(
            generation: generation,
            id: "0123456789abcdef",
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

    func tombstone(_ generation: Int) -> TokenRecord {
        TokenRecord(generation: generation, id: "fedcba9876543210", accessToken: nil, requestedAt: Self.date)
    }

    func put(_ record: TokenRecord, for key: SessionKey, in store: any TokenStore) async throws {
        try await store.update(key) { try await $0.save(record) }
    }

    /// The record that an update of a key receives.
    func seen(by store: any TokenStore, for key: SessionKey) async throws -> TokenRecord? {
        let seen = Locked<TokenRecord?>(nil)
        try await store.update(key) { update in seen.withLock { $0 = update.record } }
        return seen.withLock { $0 }
    }

    /// Runs an operation while the body of an update of a key is running.
    func holding<Result: Sendable>(
        _ key: SessionKey,
        in store: any TokenStore,
        _ operation: @Sendable () async throws -> Result
    ) async throws -> Result {
        let (inside, done) = (Latch(), Latch())
        async let holder: Void = {
            // Opens even if the body never runs; the update's error is rethrown below.
            defer { inside.open() }
            try await store.update(key) { _ in
                inside.open()
                try await done.wait()
            }
        }()
        defer { done.open() }
        try await inside.wait()
        let result = try await operation()
        done.open()
        try await holder
        return result
    }
}

/// A record as a report shows it, without its tokens.
func shown(_ record: TokenRecord?) -> String {
    record.map(\.description) ?? "no record"
}
