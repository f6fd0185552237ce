import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

extension Heavy {
    /// A lock that is not free is called so, with the default settings.
    @Suite(.timeLimit(.minutes(5)))
    struct StoreBusyTests {
        /// How a caller asks.
        enum Way: CaseIterable {
            case token, longer, renewal
        }

        /// - Returns: what the caller gets, and how many token requests were sent by then.
        private static func failure(_ way: Way, over base: any TokenStore) async throws -> (TokenError?, Int) {
            let store = CountedStore(base: base)
            let rig = Rig(identity: .user(try Account("ann")), store: store)
            try await rig.session.signIn(with: .authorizationCode("code", redirectURI: nil, codeVerifier: nil))
            rig.clock.advance(by: .hours(2))
            let (gate, entered) = (Latch(), Latch())
            let holder = Task {
                try await store.update(rig.key) { _ in
                    entered.open()
                    await gate.passes()
                }
            }
            await entered.passes()
            let failure = Locked<TokenError?>(nil)
            let caller = Task {
                do {
                    switch way {
                    case .token: _ = try await rig.session.accessToken()
                    case .longer: _ = try await rig.session.accessToken(within: .seconds(60))
                    case .renewal: _ = try await rig.session.renew()
                    }
                } catch { failure.withLock { $0 = error as? TokenError } }
            }
            // The sign-in, the holder, and the renewal: time passes while it waits for the lock, and not while it reads a file.
            await store.updates.reaches(3)
            await rig.clock.drain(until: { failure.withLock { $0 != nil } }, by: .seconds(1))
            await caller.value
            // The renewal, which waits longer than its caller, may get the lock from here on.
            let count = rig.provider.calls.count
            gate.open()
            try await holder.value
            return (failure.withLock { $0 }, count)
        }

        @Test(arguments: Way.allCases)
        func `A lock in memory that is not free is a busy store`(_ way: Way) async throws {
            let (error, count) = try await Self.failure(way, over: InMemoryTokenStore())
            #expect(error?.code == .storeBusy)
            #expect(error?.isTransient == true)
            #expect(error?.action == .retry)
            #expect(count == 1, "the refresh token was not sent")
        }

        @Test(arguments: Way.allCases)
        func `A file's lock that is not free is a busy store`(_ way: Way) async throws {
            let folder = try Folder()
            let (error, count) = try await Self.failure(way, over: FileTokenStore(directory: folder.store))
            #expect(error?.code == .storeBusy)
            #expect(count == 1, "the refresh token was not sent")
        }
    }
}

/// A store that counts who asks for its lock.
private struct CountedStore: TokenStore {
    let base: any TokenStore
    let updates = Counter()

    func record(for key: SessionKey) async throws -> TokenRecord? { try await base.record(for: key) }

    func update(_ key: SessionKey, _ body: StoreUpdate.Body) async throws {
        updates.increment()
        try await base.update(key, body)
    }
}
