internal import Foundation

/// What callers report about the token in hand.
extension SessionMachine {
    /// The API rejected a request with this token; a caller who waits gets another one, or the same if none is better.
    mutating func reject(_ token: AccessToken, by id: Waiters.ID?, timeout: Duration) {
        // A token that has expired is rejected because of that, which proves nothing.
        if let held, held.token == token, held.isLive(at: now) {
            proof.noteRejection(at: now)
            failTrial()
            if isDead {
                if let id { waitForNews(id, timeout: timeout) }
                return
            }
            if held.rejection != .rejected, !startRejection(of: held) {
                if let id { answer(id, .success(.token(held.token))) }
                return
            }
        }
        if let id { requestToken(id, timeout: timeout) }
    }

    /// If the second token was fetched because the first was rejected, the cause is not the token, whatever another endpoint has
    /// accepted meanwhile.
    mutating func rejectReplacement(_ token: AccessToken, of before: AccessToken) {
        if isStatic { return reject(token, by: nil, timeout: .zero) }
        guard rejected == before.value else { return reject(token, by: nil, timeout: .zero) }
        guard let held, held.token == token, held.isLive(at: now) else { return }
        proof.noteRejection(at: now)
        failTrial()
        if held.isRejected || proof.isPaused(at: now) { return }
        proof.disproved(at: now)
        report(.rejectionIgnored(why: Self.rejectedTwice))
    }

    /// Notes that the API rejected a token of a sign-in's first minutes before it had accepted any.
    private mutating func failTrial() {
        guard !isClient, let signIn = record?.signIn, signIn.trial == .new else { return }
        if moment.date.timeIntervalSince(signIn.date) < Self.trialTime {
            holding.tokens?.record.signIn?.trial = .rejectedFirst
        }
    }

    /// - Returns: whether the rejection renews the token.
    private mutating func startRejection(of held: HeldToken) -> Bool {
        // A static token costs no token request, and a rejected one is not served.
        if !isStatic, proof.isPaused(at: now) { return false }
        if !isStatic, proof.isPending {
            proof.disproved(at: now)
            report(.rejectionIgnored(why: Self.rejectedTwice))
            return false
        }
        if pacer.isBlocked(at: now) {
            holding.tokens?.access.rejection = .suspect
            rejected = held.token.value
            report(.rejectionIgnored(why: "the session backs off"))
            return false
        }
        guard isStatic || pacer.takeRejection(at: now) else {
            report(.rejectionIgnored(why: "there were too many in a short time"))
            return false
        }
        holding.tokens?.access.rejection = .rejected
        rejected = held.token.value
        report(.tokenRejected)
        return true
    }

    /// Whether an answer is the static token that the API rejected; the session then has none.
    mutating func forgetsRejected(_ answer: TokenAnswer) -> Bool {
        guard isStatic, let held, held.isRejected, held.token.value == answer.set.accessToken else {
            return false
        }
        (holding, rejected) = (.nothing, nil)
        return true
    }

    static let staticTokenRejected = TokenError(
        .refused,
        "The API rejected the static token, and the source of the credentials has no other one.",
        hint: "Replace the token where the credentials come from."
    ).advising(.fix)

    private static let rejectedTwice = "the token that replaced a rejected one was rejected too"

    /// The API accepted a request with this token.
    mutating func accept(_ token: AccessToken) {
        guard let held, held.token == token else { return }
        proof.isPending = false
        if let trial = record?.signIn?.trial, trial != .accepted {
            holding.tokens?.record.signIn?.trial = .accepted
            // Processes that run once a day must know that its rejections prove something again.
            if trial == .rejectedFirst { saveLater() }
        }
        if held.isRejected, held.rejection != .rejected {
            holding.tokens?.access.rejection = .none
            (rejected, isSignInReported) = (nil, false)
        }
    }

    // MARK: A dead sign-in

    /// Whether a person has to sign in before callers are served.
    func needsSignIn(at now: SessionInstant) -> Bool {
        if isClient || holding.isSignedOut { return false }
        guard let held, held.isLive(at: now) else {
            return isSignInReported || record?.refreshStanding.isRefused ?? false
        }
        return held.isDead
    }

    /// Marks the token in hand as dead, unless the API has accepted no token of the sign-in: a seller without a shop gets a 401
    /// for ever, and would be sent to sign in for ever.
    mutating func markDead() {
        guard let held, held.isLive(at: now), held.isRejected, !held.isDead,
            record?.signIn?.trial != .rejectedFirst
        else { return markSuspect() }
        let pause = policy.rejectionPause.lowerBound
        let dead = HeldToken.Rejection.dead(triedAgainAt: now + pause, pause: pause * 2)
        holding.tokens?.access.rejection = dead
    }

    /// A rejected token whose renewal failed is served, because there is no better one.
    mutating func markSuspect() { if held?.rejection == .rejected { holding.tokens?.access.rejection = .suspect } }

    /// Serves a dead token to a request, which shows whether it works again, and to another caller now and then.
    mutating func serveDead(_ held: HeldToken, to id: Waiters.ID, timeout: Duration, isForRequest: Bool) {
        if isForRequest { return answer(id, .success(.token(held.token))) }
        guard case .dead(let triedAgainAt, let pause) = held.rejection, triedAgainAt <= now else {
            return waitForNews(id, timeout: timeout)
        }
        let longest = policy.rejectionPause.upperBound
        let dead = HeldToken.Rejection.dead(triedAgainAt: now + pause, pause: min(pause * 2, longest))
        holding.tokens?.access.rejection = dead
        answer(id, .success(.token(held.token)))
    }

    /// How many seconds after a sign-in a rejection proves nothing if the API has accepted no token before.
    private static let trialTime = 600.0
}
