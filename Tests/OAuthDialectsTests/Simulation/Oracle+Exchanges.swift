import OAuthDialects

/// What became of a refresh token each time it was presented.
struct Presentations {
    /// How often its answer was lost, and how often it was refused.
    var lost = 0
    var refused = 0
    var isInAir = false

    mutating func crash() {
        if isInAir { lost += 1 }
        isInAir = false
    }
}

extension Oracle {
    mutating func departs(
        _ method: Operation.Method,
        _ grant: Grant,
        _ history: Run.History,
        _ provider: ModelProvider,
        at now: SessionInstant
    ) {
        if scenario.isUser, method == .authenticate {
            fail("a user stays a user", "the client's own grant is presented")
        }
        switch (method, grant) {
        case (.refresh, .refreshToken(let token, _)): presents(token.value.revealed, history, provider, at: now)
        case (.authenticate, .clientCredentials): break
        case (.signIn, _): presentsOnce(grant, history)
        default: fail("methods", "\(method.rawValue) with \(grant.type)")
        }
        sentAt.append(now)
        if sentAt.count > 60 { sentAt.removeFirst() }
        let interval = max(1, min(10, scenario.shortestLifetime / .seconds(4)))
        for index in stride(from: 0, to: sentAt.count, by: 5) {
            let start = sentAt[index]
            // One more, because the budget is asked before the record is marked, and the store may be slow.
            let most = 11 + ((now - start) / .seconds(1)) / interval + 1e-6
            if Double(sentAt.count - index) > most {
                fail("budget", "\(sentAt.count - index) exchanges since \(start)")
            }
        }
        guard method != .signIn else { return }
        if let notBefore, now < notBefore - .milliseconds(1) {
            fail("backing off", "an exchange \((notBefore - now) / .seconds(1)) s before its time")
        }
        if history.exchanges == 0, history.isByTime, let lastSuccess, now < lastSuccess + .seconds(1) {
            fail("a second between renewals", "the clock asks again after \((now - lastSuccess) / .seconds(1)) s")
        }
    }

    /// A code, or a refresh token from elsewhere, is presented once, by the sign-in that brought it.
    private mutating func presentsOnce(_ grant: Grant, _ history: Run.History) {
        guard let code = grant.codeText, history.signIn != nil else {
            return fail("signing in", "an operation that is no sign-in presents \(grant.type)")
        }
        if !presentedCodes.insert(code).inserted { fail("no code twice", code) }
    }

    private mutating func presents(
        _ refresh: String,
        _ history: Run.History,
        _ provider: ModelProvider,
        at now: SessionInstant
    ) {
        let rule = "no refresh token twice"
        let past = presented[refresh] ?? Presentations()
        let most = scenario.isUser ? 1 : 0
        if scenario.policy.refreshTokens == .ignore { fail("refresh tokens are ignored", refresh) }
        if scenario.declared != .reusable, past.lost > most {
            fail(rule, "\(refresh) after its answer was lost \(past.lost) times")
        }
        if scenario.declared != .reusable, past.lost == 1, let newest, newest.isExact || !isDateMoved,
            newest.isEarly(at: now), !newest.isRejected, !isRejectionKnown
        {
            fail(rule, "\(refresh) again while \(newest.text) works and is not in its last minute")
        }
        if past.refused > most { fail(rule, "\(refresh) after it was refused \(past.refused) times") }
        if past.refused == 1, let newest, newest.isExact || !isDateMoved, newest.isLive(at: now) {
            fail(rule, "\(refresh) was refused and \(newest.text) still works")
        }
        if scenario.traits.rotates, provider.hasReplaced(refresh), past.lost == 0, !isStoreUnreliable, !isOvertaken {
            fail(rule, "\(refresh) was replaced and nobody lost the answer")
        }
        presented[refresh, default: Presentations()].isInAir = true
    }

    mutating func arrives(
        _ outcome: ExchangeOutcome,
        of exchange: Run.Exchange,
        in history: Run.History,
        at now: SessionInstant
    ) {
        if case .tokens = outcome, !history.isFenced { lastSuccess = exchange.sent.now }
        if case .refused(_, _, let until?) = outcome, !history.isFenced, exchange.method != .signIn {
            let capped = min(until, now + .seconds(900))
            notBefore = max(notBefore ?? capped, capped)
        }
        guard exchange.method == .refresh, let refresh = exchange.grant.refreshText else { return }
        presented[refresh]?.isInAir = false
        switch outcome {
        case .failed(_, mayHaveArrived: true, _): presented[refresh]?.lost += 1
        case .refused(_, .discardGrant, _): presented[refresh]?.refused += 1
        default: break
        }
    }
}
