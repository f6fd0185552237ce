import OAuthDialects

/// Somebody who waits.
struct Caller {
    enum Kind {
        case token
        case renewal(newerThan: Int)
        case signIn(isMine: Bool)
    }

    let kind: Kind
    let deadline: SessionInstant
}

extension World {
    mutating func perform(_ operation: Operation) {
        switch operation {
        case .call(let patience): call(patience)
        case .renew: renew()
        case .cancel(let number): cancel(number)
        case .reject(let late): if let token = late ? served.dropLast().last : served.last { reject(token) }
        case .accept:
            guard let token = served.last else { break }
            state.accept(token)
            oracle.accepted(token.value.revealed)
        case .signIn: signIn()
        case .signOut: signOut()
        case .crash: crash()
        case .pass(let seconds): pass(isBusy ? min(seconds, 30) : seconds)
        case .next: if let due = nextDue { pass(max(0, (due - now) / .seconds(1))) }
        case .moveDate(let seconds):
            dateOffset += seconds
            oracle.isDateMoved = true
        case .provider(let weather): self.weather = weather
        case .slowness(let slowness): self.slowness = slowness
        case .lifetime(let seconds):
            if !hasUpkeep || seconds ?? 3600 >= 600 { provider.traits.lifetime = seconds.map { .seconds($0) } }
        case .revokeAccess: if let token = served.last { provider.revokeAccess(token.value.revealed) }
        case .revokeFamily: provider.revokeLastFamily()
        case .rotateSecret: for index in climbers.indices { climbers[index].hasOldSecret = true }
        case .store(let weather): store.weather = weather
        case .rival(let deed, let seconds):
            if store.isFree { store.rival = Rival(deed: deed, due: now + .seconds(seconds)) }
        }
    }

    /// Whether an hour would be thousands of renewals.
    private var isBusy: Bool { hasUpkeep && provider.traits.lifetime.map { $0 < .seconds(600) } ?? false }

    mutating func call(_ patience: Double) {
        let asked = now
        ids += 1
        let id = ids
        let answer = transition { $0.ask(id, patience: .seconds(patience), at: $1, &$2) }
        register(id, .token, answer, until: asked + .seconds(patience))
    }

    private mutating func renew() {
        ids += 1
        let id = ids
        let arrivals = oracle.arrivals
        let answer = transition { $0.askForRenewal(id, at: $1, &$2) }
        register(id, .renewal(newerThan: arrivals), answer, until: now + scenario.policy.renewalTimeout)
    }

    mutating func signIn() {
        ids += 1
        let id = ids
        let isMine = transition { $0.signIn(id, with: Self.code, at: $1, &$2) }
        callers[id] = Caller(kind: .signIn(isMine: isMine), deadline: now + scenario.policy.renewalTimeout * 2)
    }

    private static let code = Grant.authorizationCode("code", redirectURI: nil, codeVerifier: nil)

    private mutating func register(
        _ id: UInt64,
        _ kind: Caller.Kind,
        _ answer: SessionState.Answer,
        until deadline: SessionInstant
    ) {
        let caller = Caller(kind: kind, deadline: deadline)
        switch answer {
        case .token(let token): hand(.success(token), caller, isNews: false)
        case .failure(let error): hand(.failure(error), caller, isNews: false)
        case .wait:
            callers[id] = caller
            oracle.waits(caller, alarm: state.nextAlarm, at: now)
        }
    }

    mutating func answer(_ id: UInt64, _ result: Result<AccessToken, TokenError>, isNews: Bool) {
        guard let caller = callers.removeValue(forKey: id) else {
            return oracle.fail("answered exactly once", "an answer for caller \(id), who does not wait")
        }
        hand(result, caller, isNews: isNews)
        // The shell of a sign-in that had to queue asks again, unless its patience or its task has ended.
        if case .signIn(isMine: false) = caller.kind { signIn() }
    }

    private mutating func hand(_ result: Result<AccessToken, TokenError>, _ caller: Caller, isNews: Bool) {
        switch result {
        case .success(let token):
            note("    answers \(token.value.revealed)")
            if served.last != token { served.append(token) }
        case .failure(let error): note("    answers \(error.code)")
        }
        oracle.answered(caller, result, isNews: isNews, store.saved, at: moment)
    }

    private mutating func cancel(_ number: Int) {
        let waiting = callers.keys.sorted()
        guard !waiting.isEmpty else { return }
        let id = waiting[number % waiting.count]
        callers[id] = nil
        state.leave(id)
    }

    private mutating func reject(_ token: AccessToken) {
        let ruling = transition { $0.reject(token, at: $1, &$2) }
        oracle.rejected(token.value.revealed, ruling, at: now)
    }

    private mutating func signOut() {
        _ = transition { $0.signOut(at: $1, &$2) }
        ids += 1
        climbers.append(Climber(burying: .max - ids, at: now))
    }

    /// The process dies, and another begins with what is stored.
    private mutating func crash() {
        climbers.removeAll()
        callers.removeAll()
        served.removeAll()
        store.holder = nil
        alarm = nil
        state = Self.machine(scenario, seed: random.next())
        upkeep = hasUpkeep ? now : nil
        oracle.crashed(leaving: store.record, at: now)
    }
}
