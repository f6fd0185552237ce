import OAuthDialects

extension World {
    /// The provider and the store work again: the session has to work too, before long.
    mutating func recover() {
        note("all is well")
        weather = .fine
        slowness = 0
        isStalling = false
        isSourceFailing = false
        store.weather = .fine
        provider.traits.refusesEarly = false
        hasUpkeep = false
        upkeep = nil
        pass(60)
        pass(1300)
        guard oracle.violation == nil else { return }
        checkStore()
        checkLock()
        var mustWork = mustWork
        var error = askOnce()
        if error?.code == .signInRequired, mustWork {
            // The provider refused in an outage of its own: the session tries again when a caller asks, once a day at last.
            pass(86_500)
            mustWork = self.mustWork
            error = askOnce()
        }
        if oracle.violation != nil { return }
        if let error, mustWork { return oracle.fail("progress", "\(error) although all is well") }
        guard let error else { return }
        if ![.signedOut, .signInRequired].contains(error.code) {
            return oracle.fail("progress", "\(error) is no way forward")
        }
        discardGrant()
    }

    /// Whether a token has to be had: the client can always authenticate, a person as long as the refresh token lives.
    private var mustWork: Bool {
        if oracle.isSignedOut || store.record?.isTombstone ?? false { return false }
        if !scenario.isUser || oracle.newest.map({ $0.isLive(at: now) && !$0.isDead }) ?? false {
            return !oracle.isDateMoved || !scenario.isUser
        }
        guard scenario.policy.refreshTokens == .use, let hand = oracle.hand,
            provider.takes(hand, at: now + .seconds(90))
        else {
            return false
        }
        // What the record says may be wrong where another process took the lock.
        if oracle.isOvertaken { return false }
        // What ends by the wall clock ends early where that has jumped.
        if oracle.isDateMoved, scenario.traits.refreshLifetime != nil { return false }
        return store.record?.refreshToken?.value.revealed == hand
    }

    private mutating func discardGrant() {
        note("somebody signs in")
        signIn()
        pass(60)
        if !callers.isEmpty { return oracle.fail("progress", "a sign-in is not answered") }
        if oracle.isSignedOut { return oracle.fail("progress", "signing in did not end the signing out") }
        let canGoOn = !scenario.isUser || scenario.policy.refreshTokens != .ignore
        let lasts = provider.traits.lifetime.map { $0 > .seconds(90) } ?? true
        if let error = askOnce(), canGoOn || lasts { oracle.fail("progress", "\(error) after signing in") }
    }

    /// - Returns: the error, if a caller with a long timeout gets one.
    private mutating func askOnce() -> TokenError? {
        oracle.lastAnswer = nil
        call(60)
        pass(60)
        guard let answer = oracle.lastAnswer else {
            oracle.fail("progress", "a caller is not answered")
            return nil
        }
        if case .failure(let error) = answer { return error }
        return nil
    }

    /// What was left unsaved has been saved by now.
    private mutating func checkStore() {
        guard let newest = oracle.newest, newest.isExact, newest.isLive(at: now), !oracle.isSignedOut else { return }
        let stored = store.record?.accessToken?.revealed
        if let stored, oracle.overOnArrival.contains(stored) { return }
        // Of two records the later counts, by a clock that may have jumped.
        if stored != newest.text, !oracle.hasRival, !oracle.isDateMoved {
            oracle.fail("a dirty record is saved again", "\(newest.text) is in hand, \(stored ?? "nothing") is stored")
        }
    }

    /// Nobody is left who holds the lock.
    private mutating func checkLock() {
        if let holder = store.holder, oracle.newest != nil {
            oracle.fail("the lock is released", "operation \(holder) holds it")
        }
    }
}
