import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

extension Heavy {
    @Suite(.timeLimit(.minutes(1)))
    struct LifecycleScenarioTests {
        @Test func `There is a scenario for each window and each hard state`() {
            #expect(LifecycleScenario.all.count >= 12)
        }

        @Test(arguments: LifecycleScenario.all)
        func `A session lives as its scenario tells`(_ scenario: LifecycleScenario) async throws {
            let store = FickleStore()
            let identity = scenario.given.identity == "user" ? Identity.user(try Account("ann")) : .client()
            try #require(["client", "user"].contains(scenario.given.identity), "\(scenario.title)")
            var rig = Rig(identity: identity, store: store)
            for (number, step) in scenario.steps.enumerated() {
                if step.restart == true {
                    rig = Rig(identity: identity, clock: rig.clock, provider: rig.provider, store: store)
                }
                try await perform(step, on: rig, store)
                try await look(step, at: rig, "step \(number + 1) of \"\(scenario.title)\"")
            }
            // A renewal behind the callers may not have sent anything yet.
            await eventually { rig.provider.grantTypes.count >= scenario.expected.exchanges.count }
            #expect(rig.provider.grantTypes == scenario.expected.exchanges)
            #expect(rig.session.status.standing.rawValue == scenario.expected.standing)
            if let presented = scenario.expected.presented {
                #expect(rig.provider.calls.compactMap(\.refreshToken) == presented)
            }
        }

        private func perform(_ step: LifecycleScenario.Step, on rig: Rig, _ store: FickleStore) async throws {
            if let seconds = step.passes { rig.clock.advance(by: .seconds(seconds)) }
            if step.settles == true {
                await rig.clock.drain(until: { !rig.session.status.isRenewing }, by: .seconds(1))
            }
            if let manner = step.provider { rig.provider.answer(try Self.handler(manner, rig.clock)) }
            if let state = step.store { store.fails(state == "fails") }
            if let text = step.rejected { rig.session.invalidate(try AccessToken(Secret(text))) }
            if step.signsOut == true { try await rig.session.signOut() }
            if let outcome = step.signIn {
                rig.provider.answer(try Self.handler(outcome == "succeeds" ? "answers" : "refuses", rig.clock))
                let code = Grant.authorizationCode("code", redirectURI: nil, codeVerifier: nil)
                let result = await Task { try await rig.session.signIn(with: code) }.result
                #expect(((try? result.get()) != nil) == (outcome == "succeeds"))
            }
        }

        private func look(_ step: LifecycleScenario.Step, at rig: Rig, _ place: Comment) async throws {
            if let wanted = step.call {
                let asked = rig.clock.now
                switch await rig.outcome() {
                case .success(let token): #expect(token.value.revealed == wanted, place)
                case .failure(let error): #expect((error as? TokenError)?.code.description == wanted, place)
                }
                if let most = step.within { #expect(rig.clock.now - asked <= .seconds(most), place) }
            }
            if let wanted = step.inHand { #expect(rig.session.currentAccessToken?.value.revealed == wanted, place) }
            if let wanted = step.standing { #expect(rig.session.status.standing.rawValue == wanted, place) }
            if step.unsaved == true { #expect(rig.session.status.isUnsaved, place) }
            if step.unsaved == false { await rig.clock.drain(until: { !rig.session.status.isUnsaved }) }
            if let wanted = step.stored {
                // The last save of a failed renewal is made after its callers have been answered.
                await eventually {
                    let record = await rig.record()
                    return (record?.isTombstone == true ? "tombstone" : record.map { "\($0.refreshStanding)" })
                        == wanted
                }
            }
        }

        private static func handler(_ manner: String, _ clock: TestClock) throws -> StubProvider.Handler {
            let good: StubProvider.Handler = { .tokens("access-\($0.number)", refresh: "refresh-\($0.number)") }
            let manners: [String: StubProvider.Handler] = [
                "answers": good,
                "refuses": { _ in .refused("invalid_grant") },
                "asks for two minutes": { _ in .json(503, "{}", headers: ["Retry-After": "120"]) },
                "refuses refreshes": {
                    $0.grantType == "refresh_token" ? .refused("invalid_grant") : try await good($0)
                },
                "loses refreshes": {
                    guard $0.grantType == "refresh_token" else { return try await good($0) }
                    throw WireFailure(.connectionLost, mayHaveArrived: true)
                },
                "hangs": { _ in
                    try await clock.sleep(until: clock.now + .hours(24))
                    throw WireFailure(.timedOut, mayHaveArrived: true)
                },
            ]
            return try #require(manners[manner], "No provider \"\(manner)\".")
        }
    }
}

/// A store whose saves fail for as long as a test wants.
final class FickleStore: TokenStore {
    private let isFailing = Locked(false)
    private let base = InMemoryTokenStore()

    func fails(_ fails: Bool) { isFailing.withLock { $0 = fails } }

    func record(for key: SessionKey) async throws -> TokenRecord? { base.record(for: key) }

    func update(_ key: SessionKey, _ body: StoreUpdate.Body) async throws {
        try await base.update(key) { [isFailing] update in
            try await body(
                StoreUpdate(record: update.record) { record in
                    if isFailing.withLock({ $0 }) { throw CocoaError(.fileWriteOutOfSpace) }
                    try await update.save(record)
                }
            )
        }
    }
}
