import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

@Suite(.timeLimit(.minutes(5)))
struct OvertakenTests {
    @Test func `A late answer counts only if its generation is still the newest`() async throws {
        let store = OvertakenStore { $0.refreshStanding != .sent }
        let rig = Rig(store: store)
        #expect(try await rig.token == "overtaker-1")
        #expect(rig.provider.calls.count == 1)
        #expect(!rig.session.status.isUnsaved)
        #expect(rig.log.count(of: .storeFailed) == 1)
    }

    @Test func `Whoever lost the lock before its refresh token left keeps it, and takes what the other has`()
        async throws
    {
        let store = OvertakenStore { $0.refreshStanding == .sent }
        let rig = Rig(store: store)
        #expect(try await rig.token == "access-1")
        rig.clock.advance(by: .hours(2))
        #expect(try await rig.token == "overtaker-2")
        #expect(rig.provider.grantTypes == ["client_credentials"])
    }

    @Test(arguments: [RenewalPolicy.RefreshTokenPolicy.use, .useInMemoryOnly])
    func `A user who lost the lock to somebody without news keeps the refresh token, and tries again`(
        _ refreshTokens: RenewalPolicy.RefreshTokenPolicy
    ) async throws {
        var policy = RenewalPolicy.standard
        policy.refreshTokens = refreshTokens
        let store = OvertakenStore(leaves: false) { $0.refreshStanding == .sent }
        let rig = Rig(identity: .user(try Account("ann")), policy: policy, store: store)
        try await rig.session.signIn(with: .authorizationCode("code", redirectURI: nil, codeVerifier: nil))
        rig.clock.advance(by: .hours(2))
        // Twice: a refresh token that had left twice would not be presented any more.
        for _ in 0..<2 {
            #expect(await rig.failure()?.code == .storeBusy)
            #expect(rig.provider.calls.count == 1)
            rig.clock.advance(by: .seconds(400))
        }
        store.mend()
        #expect(try await rig.token == "access-2")
        #expect(rig.provider.calls[1].refreshToken == "refresh-1")
    }
}

/// A store in which another process takes over while a record that is so is being saved, and leaves one of its own.
final class OvertakenStore: TokenStore {
    private let base = InMemoryTokenStore()
    private let others = InMemoryTokenStore()
    private let isHit: @Sendable (TokenRecord) -> Bool
    private let leaves: Bool
    private let isMended = Locked(false)

    init(leaves: Bool = true, at isHit: @escaping @Sendable (TokenRecord) -> Bool) {
        self.leaves = leaves
        self.isHit = isHit
    }

    func mend() { isMended.withLock { $0 = true } }

    func record(for key: SessionKey) async throws -> TokenRecord? {
        others.record(for: key) ?? base.record(for: key)
    }

    func update(_ key: SessionKey, _ body: StoreUpdate.Body) async throws {
        try await base.update(key) { [self] update in
            try await body(
                StoreUpdate(record: update.record) { [self] record in
                    guard isHit(record), !isMended.withLock({ $0 }) else { return try await update.save(record) }
                    if leaves { try await leave(record, key) }
                    throw TokenError(.storeBusy, "Overtaken.", isTransient: true)
                }
            )
        }
    }

    private func leave(_ record: TokenRecord, _ key: SessionKey) async throws {
        let number = record.generation + (record.refreshStanding == .sent ? 1 : 0)
        var other = record
        (other.generation, other.id) = (number, "other")
        other.accessToken = Secret("overtaker-\(number)")
        other.refreshStanding = .ready
        other.requestedAt = record.requestedAt.addingTimeInterval(7200)
        let left = other
        try await others.update(key) { try await $0.save(left) }
    }
}
