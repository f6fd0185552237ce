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
        _ rung: Rung,
        _ refresh: String?,
        _ climber: Climber,
        _ provider: ModelProvider,
        at now: SessionInstant
    ) {
        if climber.isFenced { fail("one exchange at a time", "flight \(climber.id) goes on after a sign-out") }
        if scenario.isUser, rung == .authenticate { fail("a user stays a user", "the client's own grant is presented") }
        if let refresh { presents(refresh, climber, provider, at: now) }
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
        guard rung != .signIn else { return }
        if let notBefore, now < notBefore - .milliseconds(1) {
            fail("backing off", "an exchange \((notBefore - now) / .seconds(1)) s before its time")
        }
        if climber.exchanges == 0, let lastSuccess, let reason = climber.flight?.reason,
            [.advisory, .mandatory, .expired].contains(reason), now < lastSuccess + .seconds(1)
        {
            fail("a second between renewals", "the clock asks again after \((now - lastSuccess) / .seconds(1)) s")
        }
    }

    private mutating func presents(
        _ refresh: String,
        _ climber: Climber,
        _ provider: ModelProvider,
        at now: SessionInstant
    ) {
        let rule = "no refresh token twice"
        let past = presented[refresh] ?? Presentations()
        let most = scenario.isUser ? 1 : 0
        if climber.isUnlocked { fail("no refresh token without the lock", refresh) }
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
        if scenario.traits.rotates, provider.hasReplaced(refresh), past.lost == 0, !isStoreUnreliable {
            fail(rule, "\(refresh) was replaced and nobody lost the answer")
        }
        presented[refresh, default: Presentations()].isInAir = true
    }

    mutating func arrives(
        _ outcome: ExchangeOutcome,
        of exchange: Climber.Exchange,
        on climber: Climber,
        at now: SessionInstant
    ) {
        if case .tokens = outcome, !climber.isFenced { lastSuccess = exchange.sent.now }
        if case .refused(_, _, let until?) = outcome, !climber.isFenced, exchange.rung != .signIn {
            let capped = min(until, now + .seconds(900))
            notBefore = max(notBefore ?? capped, capped)
        }
        guard let refresh = exchange.refresh else { return }
        presented[refresh]?.isInAir = false
        switch outcome {
        case .failed(_, mayHaveArrived: true, _): presented[refresh]?.lost += 1
        case .refused(_, .discardGrant, _): presented[refresh]?.refused += 1
        default: break
        }
    }
}
