import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

/// Parts that never answer and do not heed cancellation: a session must not stop with them.
@Suite(.timeLimit(.minutes(5)))
struct HangTests {
    /// Asks until a token comes, letting time pass.
    private func token(_ rig: Rig) async -> String {
        let token = Locked<String?>(nil)
        let caller = Task {
            while token.withLock({ $0 == nil }) {
                let answer = try? await rig.session.accessToken(within: .seconds(120))
                token.withLock { $0 = answer?.value.revealed }
                await Task.yield()
            }
        }
        await rig.clock.drain(until: { token.withLock { $0 != nil } }, by: .seconds(1))
        await caller.value
        return token.withLock { $0 ?? "" }
    }

    @Test func `A transport that hangs for ever costs one attempt`() async throws {
        let rig = Rig(
            provider: StubProvider { call in
                if call.number == 1 { await Latch().passes() }
                return .tokens("access-\(call.number)")
            }
        )
        #expect(await token(rig) == "access-2")
    }

    @Test func `A source of credentials that hangs for ever costs one renewal`() async throws {
        let rig = Rig(credentials: HangingOnce())
        #expect(await token(rig) == "access-1")
    }

    @Test func `A grant that is never made costs one renewal`() async throws {
        let source = HangingOnce()
        let identity = Identity.assertion(named: "assertion") { _ in
            _ = try await source.credentials()
            return .clientCredentials()
        }
        #expect(await token(Rig(identity: identity)) == "access-1")
    }

    @Test(arguments: HangingStore.Place.allCases)
    func `A store that hangs for ever does not keep a client from its token`(_ place: HangingStore.Place) async throws {
        let rig = Rig(store: HangingStore(place))
        #expect(await token(rig) == "access-1")
        await rig.settled()
        #expect(rig.provider.calls.count == 1)
    }

    @Test func `A store that runs an update twice at once causes one exchange`() async throws {
        let rig = Rig(store: TwofoldStore())
        #expect(try await rig.token == "access-1")
        #expect(rig.provider.calls.count == 1)
    }
}

private final class HangingOnce: CredentialsSource {
    private let asked = Counter()

    func credentials() async throws -> ClientCredentials {
        asked.increment()
        if asked.count == 1 { await Latch().passes() }
        return ClientCredentials(id: "client", secret: "s3cret")
    }
}

final class HangingStore: TokenStore {
    enum Place: CaseIterable {
        case reading
        case locking
        case saving
    }

    private let place: Place

    init(_ place: Place) { self.place = place }

    func record(for key: SessionKey) async throws -> TokenRecord? {
        if place == .reading { await Latch().passes() }
        return nil
    }

    func update(_ key: SessionKey, _ body: StoreUpdate.Body) async throws {
        if place == .locking { await Latch().passes() }
        try await body(StoreUpdate(record: nil) { [place] _ in if place == .saving { await Latch().passes() } })
    }
}

private struct TwofoldStore: TokenStore {
    func record(for key: SessionKey) async throws -> TokenRecord? { nil }

    func update(_ key: SessionKey, _ body: StoreUpdate.Body) async throws {
        try await withoutActuallyEscaping(body) { body in
            async let first: Void = body(StoreUpdate(record: nil) { _ in })
            async let second: Void = body(StoreUpdate(record: nil) { _ in })
            _ = try await (first, second)
        }
    }
}
