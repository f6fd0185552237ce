import Foundation
import OAuthDialects

extension Oracle {
    /// The token in hand after a step: the newest that works, and none that is over, rejected or signed out.
    mutating func checkHand(_ working: String?, fresh: String?, at now: SessionInstant) {
        if let fresh, fresh != working { fail("no expired token is served", "\(fresh) counts as fresh") }
        if isSignedOut {
            if let working { fail("after signing out nothing comes back", "\(working) works") }
            return
        }
        guard let newest, newest.isExact || !isDateMoved else { return }
        if let working {
            if working != newest.text {
                if overOnArrival.contains(newest.text) { return }
                fail("the newest token is served", "\(working), not \(newest.text)")
            }
            if newest.isOver(at: now) { fail("no expired token is served", "\(working) is in hand") }
        } else if newest.isLive(at: now), !newest.isRejected {
            fail("a working token is never withheld", "\(newest.text) works and is not in hand")
        }
    }

    /// Whether a token works that the API does not reject in this event.
    func hasWorkingToken(at now: SessionInstant) -> Bool {
        guard let newest, newest.isExact || !isDateMoved, !isRejectionKnown, !isSignedOut else { return false }
        return newest.isLive(at: now) && newest.text != rejecting
    }

    mutating func waits(_ caller: Caller, alarm: SessionInstant?, at now: SessionInstant) {
        if alarm.map({ $0 > caller.deadline }) ?? true { fail("timeouts", "nobody looks at the clock for a caller") }
        guard case .token = caller.kind, !isSignedOut, let newest, newest.isExact, !newest.isRejected else { return }
        if newest.isLive(at: now), newest.isEarly(at: now) {
            fail("nobody waits for a token that works", "\(newest.text) is not in its last minute")
        }
    }

    mutating func answered(
        _ caller: Caller,
        _ result: Result<SessionMachine.Decision.Answer, TokenError>,
        isNews: Bool,
        _ store: ModelStore,
        at moment: Moment
    ) {
        switch (caller.kind, result) {
        case (.signOut(let isRevoking), .success(.signedOut)): signedOut(isRevoking: isRevoking, store)
        case (.signOut, .failure): break
        case (.signOut, _), (_, .success(.signedOut)): fail("answers", "a caller gets what another asked for")
        case (.signIn(let code), .success):
            if isSignedOut { fail("signing in", "it succeeded and the session is signed out") }
            if !presentedCodes.contains(code) { fail("signing in", "it succeeded and \(code) was not presented") }
        case (.signIn, _): break
        case (.token, .success(.token(let token))):
            lastAnswer = .success(token)
            if isNews, caller.rejects == token.value.revealed { staysSignedIn(token.value.revealed, at: moment.now) }
            served(token.value.revealed, store.saved, at: moment.now)
        case (.renewal(let before), .success(.token(let token))):
            if successes <= before { fail("a renewal brings a newer token", "\(token.value.revealed) is none") }
            served(token.value.revealed, store.saved, at: moment.now)
        case (.token, .failure(let error)):
            lastAnswer = .failure(error)
            if error.code == .signInRequired, isFirstRejected, newest?.isLive(at: moment.now) ?? false, !isDateMoved,
                !hasRival
            {
                fail("nobody is sent to sign in for ever", "nothing has accepted a token of this sign-in")
            }
            failed(error, isNews: isNews, at: moment)
            guard let newest, newest.isExact || !isDateMoved, !isSignedOut, !newest.isDead else { break }
            if caller.isServed, !isRejectionKnown {
                fail("who comes while a token works gets one", "\(error.code)")
            }
            if newest.isLive(at: moment.now), caller.deadline > moment.now {
                fail("a working token is never withheld", "\(error.code) although \(newest.text) lives")
            }
        case (.renewal, .failure(let error)) where error.code == .timedOut && caller.deadline <= moment.now: break
        case (.renewal, .failure(let error)): failed(error, isNews: isNews, at: moment)
        }
    }

    /// The renewal for a rejected token has failed, and the caller gets the same token.
    private mutating func staysSignedIn(_ text: String, at now: SessionInstant) {
        guard scenario.isUser, isRejectionKnown, !isAcceptedSinceRefusal, !isFirstRejected, !hasRival,
            !isStoreUnreliable, !isDateMoved, scenario.policy.refreshTokens == .use, newest?.text == text
        else { return }
        let isRefused = hand.map { presented[$0]?.definite ?? 0 > 0 } ?? true
        if isRefused, newest?.isLive(at: now) ?? false {
            fail("a dead sign-in is reported", "\(text) was rejected and \(hand ?? "no refresh token") is of no use")
        }
    }

    private mutating func signedOut(isRevoking: Bool, _ store: ModelStore) {
        // A sign-in has taken its place.
        if !isSignedOut { return }
        if !isOvertaken, !hasRival, !isDateMoved, !(store.record?.isTombstone ?? false) {
            fail("signing out leaves a tombstone", "\(store.record.map { "\($0)" } ?? "nothing") is stored")
        }
        if isRevoking, !hasRevoked { fail("signing out revokes", "no step has done so") }
    }

    private mutating func served(_ text: String, _ saved: Set<String>, at now: SessionInstant) {
        if isSignedOut { return fail("after signing out nothing comes back", "\(text) is served") }
        if !saved.contains(text), !unsaved.contains(text) { fail("saved before served", "\(text) is not in the store") }
        if let handedOnce, handedOnce.texts.contains(text), handedOnce.at == now { return }
        guard let newest, newest.isExact || !isDateMoved else { return }
        if newest.text != text {
            // The newest was over when it arrived: the one before is better.
            if overOnArrival.contains(newest.text) { return }
            return fail("the newest token is served", "\(text), not \(newest.text)")
        }
        if newest.isOver(at: now) { fail("no expired token is served", "\(text) is over") }
    }

    /// Signing in is asked for only after a definite refusal, or three with unknown words in a quarter of an hour.
    private mutating func needsPerson(_ error: TokenError) {
        if !scenario.isUser { return fail("a client never needs a person", "\(error)") }
        guard let hand, !hasRival, !isStoreUnreliable, scenario.traits.refreshLifetime == nil else { return }
        let past = presented[hand] ?? Presentations()
        if scenario.policy.refreshTokens == .use, past.definite == 0, !past.isBlurred, !(isDateMoved && past.early > 0),
            !past.isUnknownForLong, !(isDateMoved && (past.unknown >= 3 || !unsaved.isEmpty))
        {
            fail("nobody is signed out early", "\(error.message) \(hand) was not refused")
        }
    }

    private mutating func failed(_ error: TokenError, isNews: Bool, at moment: Moment) {
        if isSignedOut, isNews { return }
        if isSignedOut != (error.code == .signedOut) {
            fail("signed out", "\(error.code), while the session is signed \(isSignedOut ? "out" : "in")")
        }
        if error.code == .signInRequired { needsPerson(error) }
        guard isNews, error.isTransient, error.code != .refused, let retryAt = error.retryAt,
            scenario.policy.refill == .seconds(10)
        else { return }
        let promised = moment.now + .seconds(retryAt.timeIntervalSince(moment.date))
        notBefore = max(notBefore ?? promised, promised)
    }
}
