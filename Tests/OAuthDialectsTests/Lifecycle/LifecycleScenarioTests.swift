import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

extension Heavy {
    @Suite(.timeLimit(.minutes(5)))
    struct LifecycleScenarioTests {
        @Test func `There is a scenario for each window, each hard state, and each kind of trouble`() {
            #expect(LifecycleScenario.all.count >= 24)
        }

        @Test(arguments: LifecycleScenario.all)
        func `A session lives as its scenario tells`(_ scenario: LifecycleScenario) async throws {
            let world = try LifecycleWorld(scenario.given)
            try await follow(scenario.steps, in: world, "of \"\(scenario.title)\"")
            let (provider, expected) = (world.provider, scenario.expected)
            // A renewal behind the callers may not have sent anything yet.
            await eventually { provider.grantTypes.count >= expected.exchanges?.count ?? 0 }
            if let exchanges = expected.exchanges { #expect(provider.grantTypes == exchanges) }
            if let most = expected.exchangesAtMost { #expect(provider.grantTypes.count <= most) }
            #expect(try world.rig().session.status.standing.rawValue == expected.standing)
            if let presented = expected.presented {
                #expect(provider.calls.compactMap(\.refreshToken) == presented)
            }
        }

        private func follow(_ steps: [LifecycleScenario.Step], in world: LifecycleWorld, _ place: String) async throws {
            for (number, step) in steps.enumerated() {
                let place = "step \(number + 1) \(place)"
                for _ in 0..<(step.times ?? 1) { try await follow(step.steps ?? [], in: world, place) }
                if step.restart == true { try world.restart(step) }
                let rig = try world.rig(of: step.who)
                try await perform(step, on: rig, in: world)
                try await ask(step, of: rig, at: world.url, "\(place)")
                try await look(step, at: rig, "\(place)")
            }
        }

        private func perform(_ step: LifecycleScenario.Step, on rig: Rig, in world: LifecycleWorld) async throws {
            if let seconds = step.passes { rig.clock.advance(by: .seconds(seconds)) }
            if step.settles == true {
                await rig.clock.drain(until: { !rig.session.status.isRenewing }, by: .seconds(1))
            }
            if let manner = step.provider { try world.provider(manner) }
            if let manner = step.api { try world.api(manner) }
            if let state = step.store { world.store.fails(state == "fails") }
            if let text = step.rejected { rig.session.invalidate(try AccessToken(Secret(text))) }
            if step.signsOut == true { try await rig.session.signOut() }
            if let outcome = step.signIn {
                try world.provider(outcome == "succeeds" ? "answers" : "refuses")
                let code = Grant.authorizationCode("code", redirectURI: nil, codeVerifier: nil)
                let result = await Task { try await rig.session.signIn(with: code) }.result
                #expect(((try? result.get()) != nil) == (outcome == "succeeds"), "\(result)")
            }
        }

        private func ask(
            _ step: LifecycleScenario.Step,
            of rig: Rig,
            at url: URL,
            _ place: Comment
        ) async throws {
            let asked = rig.clock.now
            if let wanted = step.call {
                switch await rig.outcome() {
                case .success(let token): #expect(token.value.revealed == wanted, place)
                case .failure(let error): #expect((error as? TokenError)?.code.description == wanted, place)
                }
            }
            if let wanted = step.get {
                switch await rig.patiently({ try await rig.session.send(WireRequest("GET", url)) }) {
                case .success(let response): #expect("\(response.status)" == wanted, place)
                case .failure(let error):
                    let error = error as? TokenError
                    #expect(error?.code.description == wanted, place)
                    if let refusal = step.refusal { #expect(error?.refusal?.code == refusal, place) }
                    if let delivery = step.delivery { #expect(error?.delivery.map { "\($0)" } == delivery, place) }
                }
            }
            if let wanted = step.graphQL {
                let result = await rig.patiently { try await rig.query(url) }
                #expect((try? result.get()) == wanted, place)
            }
            if let most = step.within { #expect(rig.clock.now - asked <= .seconds(most), place) }
        }

        private func look(_ step: LifecycleScenario.Step, at rig: Rig, _ place: Comment) async throws {
            if let wanted = step.inHand {
                #expect(rig.session.currentAccessToken?.value.revealed ?? "none" == wanted, place)
            }
            if let wanted = step.standing { #expect(rig.session.status.standing.rawValue == wanted, place) }
            if let wanted = step.needsSignIn { #expect(rig.session.status.needsSignIn == wanted, place) }
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
            for (name, count) in step.events ?? [:] {
                // A renewal in the background may still go on when its caller has been answered.
                await eventually { rig.log.events.count { $0.name.description == name } >= count }
                #expect(rig.log.events.count { $0.name.description == name } == count, "\(name), \(place)")
            }
        }
    }
}
