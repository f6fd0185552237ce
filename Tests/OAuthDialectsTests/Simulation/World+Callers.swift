import OAuthDialects

/// Somebody who waits.
struct Caller {
    enum Kind {
        case token
        case renewal(newerThan: Int)
        case signIn(code: String)
        case signOut(isRevoking: Bool)
    }

    let kind: Kind
    let deadline: SessionInstant

    /// Whether a token worked when the caller came.
    let isServed: Bool

    /// The token whose rejection the caller reports.
    let rejects: String?

    /// Whether the operation of a sign-in has begun.
    var isStarted = false

    var isSignOut: Bool { if case .signOut = kind { true } else { false } }
    var wantsRenewal: Bool { if case .renewal = kind { true } else { false } }
    var isSignInWaiting: Bool { if case .signIn = kind { !isStarted } else { false } }
}

extension World {
    mutating func perform(_ incident: Incident) {
        switch incident {
        case .call(let timeout): call(timeout)
        case .renew:
            let kind = Caller.Kind.renewal(newerThan: oracle.successes)
            ask(kind, within: scenario.policy.renewalTimeout) { .renewalRequested(by: $0) }
        case .cancel(let number): cancel(number)
        case .reject(let late, let waits):
            if let token = late ? served.dropLast().last : served.last { reject(token, waits: waits) }
        case .accept:
            guard let token = served.last else { break }
            send(.tokenAccepted(token))
            oracle.accepted(token.value.revealed)
        case .signIn(let importing): signIn(importing: importing)
        case .signOut(let isRevoking):
            ask(.signOut(isRevoking: isRevoking), within: scenario.policy.renewalTimeout) {
                .signOutRequested(by: $0, revoking: isRevoking)
            }
        case .crash: crash()
        case .pass(let seconds): pass(isBusy ? min(seconds, 30) : seconds)
        case .next: if let due = nextDue { pass(max(0, (due - now) / .seconds(1))) }
        case .moveDate(let seconds):
            dateOffset += seconds
            oracle.isDateMoved = true
        default: change(incident)
        }
    }

    /// What changes around the session.
    private mutating func change(_ incident: Incident) {
        switch incident {
        case .provider(let weather): self.weather = weather
        case .slowness(let slowness): self.slowness = slowness
        case .stalling(let isStalling): self.isStalling = isStalling
        case .lifetime(let seconds):
            if !hasUpkeep || seconds ?? 3600 >= 600 { provider.traits.lifetime = seconds.map { .seconds($0) } }
        case .revokeAccess: if let token = served.last { provider.revokeAccess(token.value.revealed) }
        case .revokeFamily: provider.revokeLastFamily()
        case .rotateSecret: for index in runs.indices { runs[index].hasOldSecret = true }
        case .source(let fails): isSourceFailing = fails
        case .store(let weather): store.weather = weather
        case .rival(.takesOver, let seconds):
            guard store.holder != nil, store.rival == nil else { break }
            store.holder = nil
            store.rival = Rival(deed: .takesOver, due: now + .seconds(seconds))
            oracle.isOvertaken = true
        case .rival(let deed, let seconds):
            if store.isFree { store.rival = Rival(deed: deed, due: now + .seconds(seconds)) }
        default: break
        }
    }

    /// Whether an hour would be thousands of renewals.
    private var isBusy: Bool { hasUpkeep && provider.traits.lifetime.map { $0 < .seconds(600) } ?? false }

    mutating func call(_ timeout: Double) {
        ask(.token, within: .seconds(timeout)) { .tokenRequested(by: $0, timeout: .seconds(timeout)) }
    }

    private mutating func ask(
        _ kind: Caller.Kind,
        within timeout: Duration,
        _ event: (Waiters.ID) -> SessionMachine.Event
    ) {
        ids += 1
        // Nobody waits longer than two seconds for a token that works.
        let isServed = if case .token = kind { oracle.hasWorkingToken(at: now) } else { false }
        let deadline = now + (isServed ? min(timeout, .seconds(2)) : timeout)
        callers[ids] = Caller(kind: kind, deadline: deadline, isServed: isServed, rejects: oracle.rejecting)
        send(event(ids))
        if let caller = callers[ids] { oracle.waits(caller, alarm: alarm, at: now) }
    }

    mutating func signIn(importing: Bool = false) {
        let imported = importing ? provider.begin(at: now, forPerson: true)?.refreshToken : nil
        let code = Secret("code-\(ids)")
        let grant =
            imported.map { Grant.refreshToken($0) }
            ?? .authorizationCode(code, redirectURI: nil, codeVerifier: nil)
        let text = imported?.value.revealed ?? code.revealed
        ask(.signIn(code: text), within: scenario.policy.renewalTimeout * 2) { .signInRequested(by: $0, grant) }
    }

    mutating func answer(
        _ id: Waiters.ID,
        _ result: Result<SessionMachine.Decision.Answer, TokenError>,
        isNews: Bool
    ) {
        guard let caller = callers.removeValue(forKey: id) else {
            return oracle.fail("answered exactly once", "an answer for caller \(id), who does not wait")
        }
        if caller.deadline < now { oracle.fail("timeouts", "caller \(id) is answered after its deadline") }
        switch result {
        case .success(.token(let token)):
            note("    answers \(token.value.revealed)")
            if served.last != token { served.append(token) }
        case .success(.signedOut): note("    answers: signed out")
        case .failure(let error): note("    answers \(error.code)")
        }
        oracle.answered(caller, result, isNews: isNews, store, at: moment)
    }

    private mutating func cancel(_ number: Int) {
        let waiting = callers.keys.sorted()
        guard !waiting.isEmpty else { return }
        let id = waiting[number % waiting.count]
        callers[id] = nil
        send(.callerLeft(id))
    }

    private mutating func reject(_ token: AccessToken, waits: Bool) {
        let isSecond = !waits && happens(oneIn: 2)
        oracle.rejecting = token.value.revealed
        if waits {
            ask(.token, within: .seconds(10)) { .tokenRejected(token, by: $0, timeout: .seconds(10)) }
        } else {
            // What nobody waits for may be a request's second rejection.
            send(isSecond ? .replacementRejected(token, of: served.dropLast().last ?? token) : .tokenRejected(token))
        }
        oracle.rejecting = nil
    }

    /// The process dies, and another begins with what is stored.
    private mutating func crash() {
        // A refusal is stored when the operation ends: until then the record says that the token was sent.
        for refresh in runs.compactMap({ $0.history.refused ?? $0.history.refusedBefore }) {
            oracle.presented[refresh]?.forgetRefusal()
        }
        runs.removeAll()
        lateResults.removeAll()
        callers.removeAll()
        served.removeAll()
        store.holder = nil
        alarm = nil
        (machine, copy) = (Self.machine(scenario, seed: random.next()), nil)
        upkeep = hasUpkeep ? now : nil
        oracle.crashed(leaving: store.record, at: moment)
    }
}
