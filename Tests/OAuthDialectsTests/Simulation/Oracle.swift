import Foundation
import OAuthDialects

/// A promise that was broken.
struct Violation: Error, CustomStringConvertible {
    let rule: String
    let detail: String

    var description: String { "\(rule): \(detail)" }
}

/// Judges a session by what it does to the outside; it never looks inside.
struct Oracle {
    let scenario: Scenario
    private(set) var violation: Violation?

    /// The newest token that the session got, and one that was over when it arrived.
    var newest: Known?
    /// The token in the store when the process before this one died.
    var leftBehind: Known?
    var handedOnce: (texts: Set<String>, at: SessionInstant)?

    /// The tokens that were over when they arrived: the store may have one while an older one is served.
    var overOnArrival: Set<String> = []

    /// The refresh token that the session should have.
    var hand: String?

    /// How many new tokens have come.
    var successes = 0
    var isSignedOut = false

    /// The sign-in whose record was adopted last, and those that the session has ended.
    private var signIn: String?
    private var endedSignIns: Set<String> = []

    /// Whether the session knows, or has to find out, that it was signed out.
    var isBuried = false

    /// Whether the clock on the wall has jumped: stored dates, the trial of a sign-in, and which of two records is later go by it.
    var isDateMoved = false
    var hasRival = false
    var foreign: Set<String> = []
    var unsaved: Set<String> = []
    var presented: [String: Presentations] = [:]
    var sentAt: [SessionInstant] = []
    var lastSuccess: SessionInstant?
    var notBefore: SessionInstant?

    var lastAnswer: Result<AccessToken, TokenError>?

    /// Whether a token of this session was rejected, and none came since.
    var isRejectionKnown = false

    /// Whether the newest token replaced a rejected one and nothing took it yet, and until when rejections renew nothing.
    var isProofPending = false
    var mutedUntil: SessionInstant?

    /// The token that the API rejects in this event.
    var rejecting: String?

    /// Whether what the session has is not in the store.
    var mustSave = false

    /// Whether the session was signed out and the store has not learned it.
    var mustBury = false

    /// When the session was signed in and nothing has accepted a token of it yet, and whether its first token was rejected.
    var trialBegan: Date?
    var isFirstRejected = false

    /// Whether the API has accepted a token since the record that is being saved was made.
    var isTrialEnded = false

    /// Whether the API has accepted a token since the refresh token was refused.
    var isAcceptedSinceRefusal = false

    /// Whether the API accepted a rejected token while it was being renewed.
    var isAcceptedMeanwhile = false

    /// When exchanges failed since the last success.
    var failedAt: [SessionInstant] = []

    /// Whether another process took the lock from the session.
    var isOvertaken = false

    /// Whether a sign-out has told the provider.
    var hasRevoked = false

    /// The codes and imported refresh tokens that were presented.
    var presentedCodes: Set<String> = []

    /// Whether the store failed when it should have kept what a crash or another process then missed.
    var isStoreUnreliable = false

    init(_ scenario: Scenario) {
        self.scenario = scenario
    }

    mutating func fail(_ rule: String, _ detail: String) {
        if violation == nil { violation = Violation(rule: rule, detail: detail) }
    }

    /// What a decision reports.
    mutating func saw(
        _ occurrences: [Occurrence],
        bringing: Known?,
        adopting: TokenRecord?,
        isSignIn: Bool,
        at moment: Moment
    ) {
        if let newest, newest.text == rejecting, newest.isLive(at: moment.now), scenario.isUser, let trialBegan {
            isFirstRejected = isFirstRejected || moment.date.timeIntervalSince(trialBegan) < 600
        }
        // Another process may have got the same token, with another end.
        if hasRival, let known = Known(adopting, at: moment), known.text == newest?.text { newest?.blur(with: known) }
        for occurrence in occurrences {
            switch occurrence {
            case .renewalSucceeded: if let bringing { succeeded(bringing, at: moment.now) }
            case .tokenAdopted:
                takeTrial(of: adopting)
                passTombstone(adopting)
                if let known = Known(adopting, at: moment) { adopted(known) }
                if let hand, adopting?.refreshStanding == .ready { presented[hand] = nil }
            case .tokenRejected:
                rejectionStarts(at: moment.now)
            case .rejectionIgnored(why: "the session backs off"):
                // The token is renewed once the session may.
                isRejectionKnown = isRejectionKnown || newest?.text == rejecting
            case .signedIn: (trialBegan, isFirstRejected) = (moment.date, false)
            case .signedOut:
                if let signIn { endedSignIns.insert(signIn) }
                (isSignedOut, isBuried, mustBury) = (true, true, true)
                (newest, hand, notBefore) = (nil, nil, nil)
                (isRejectionKnown, isProofPending) = (false, false)
                // A sign-in that passes another process's tombstone may have something to save.
                mustSave = mustSave && occurrences.contains(where: \.isSuccess)
            case .renewalFailed(_, let error, let severity):
                isAcceptedMeanwhile = false
                // A sign-in that failed says nothing about the token in hand.
                if severity == .servesHeld, !isSignIn { newest?.isRejected = false }
                if error.code == .signInRequired, severity == .callersFail {
                    newest?.isDead = true
                    newest?.isRejected = true
                }
            case .signInRequired(let error, _):
                if !scenario.isUser, scenario.policy.refreshTokens != .ignore {
                    fail("a client never needs a person", error.message)
                }
            default: break
            }
        }
        if rejecting != nil, !occurrences.contains(where: \.isRejection) { rejectionIsIgnored(at: moment.now) }
    }

    private mutating func succeeded(_ known: Known, at now: SessionInstant) {
        var known = known
        isProofPending = isRejectionKnown && !known.isSignIn && !isAcceptedMeanwhile
        let works = (newest?.isLive(at: now) ?? false) && !isRejectionKnown
        successes += 1
        isAcceptedMeanwhile = false
        failedAt = []
        isRejectionKnown = false
        notBefore = nil
        isSignedOut = isSignedOut && !known.isSignIn
        if known.isSignIn { signIn = nil }
        mustBury = mustBury && !known.isSignIn
        isBuried = isBuried && !known.isSignIn
        if isSignedOut { fail("after signing out nothing comes back", "\(known.text) came") }
        if let refresh = known.refresh,
            !scenario.traits.rotates || refresh != hand || scenario.traits.handsBackSameToken
        {
            presented[refresh] = nil
        }
        if let refresh = known.refresh { hand = refresh } else if known.isSignIn { hand = nil }
        // Another process's record of the same token may have taken the place of this one's end.
        if known.text == newest?.text, hasRival, isDateMoved { known.isExact = false }
        if let newest, newest.text == known.text {
            if hasRival {
                known.blur(with: newest)
            } else if newest.isExact, let end = newest.end, !known.isOver(at: end) {
                (known.end, known.mandatory, known.expiry) = (end, newest.mandatory, newest.expiry)
            }
        }
        if known.isLive(at: now) {
            newest = known
        } else {
            handedOnce = (Set([known.text, newest?.text].compactMap(\.self)), now)
            overOnArrival.insert(known.text)
            if !works || known.isSignIn || known.text == newest?.text { newest = known }
        }
    }

    /// A session that was signed out takes over another process's sign-in, if it is not the one that it ended.
    mutating func passTombstone(_ record: TokenRecord?) {
        signIn = record?.signIn?.id
        // Which of two sign-ins is later goes by the wall clock.
        if let signIn, endedSignIns.contains(signIn), !isDateMoved {
            return fail("after signing out nothing comes back", "the sign-in \(signIn) was ended")
        }
        (isSignedOut, isBuried, mustBury) = (false, false, false)
    }

    /// A look of a session that was signed out finds a sign-in, whose token may have expired.
    mutating func sawInLook(_ record: TokenRecord?, of history: Run.History?) {
        guard isSignedOut, let record, !record.isTombstone, let history, history.signIn == nil,
            !history.isSignOut, !history.isFenced, !(record.signIn.map { endedSignIns.contains($0.id) } ?? false)
        else { return }
        passTombstone(record)
        hand = record.refreshToken?.value.revealed
        if let hand, record.refreshStanding == .ready { presented[hand] = nil }
    }

    private mutating func takeTrial(of record: TokenRecord?) {
        trialBegan = record?.signIn?.trial == .new ? record?.signIn?.date : nil
        isFirstRejected = record?.signIn?.trial == .rejectedFirst
    }

    mutating func adopted(_ known: Known) {
        successes += 1
        isProofPending = isRejectionKnown
        isRejectionKnown = false
        notBefore = nil
        mustSave = false
        newest = known
        hand = known.refresh
    }

    mutating func accepted(_ text: String) {
        guard newest?.text == text else { return }
        isProofPending = false
        isAcceptedMeanwhile = isAcceptedMeanwhile || isRejectionKnown
        isAcceptedSinceRefusal = true
        // Other processes have to learn that its rejections prove something again.
        mustSave = mustSave || isFirstRejected
        isTrialEnded = isTrialEnded || isFirstRejected
        (trialBegan, isFirstRejected) = (nil, false)
        // A newer record of another process may have taken the place of a dead token.
        if newest?.isDead == true, !hasRival {
            newest?.isDead = false
            newest?.isRejected = false
        }
        if newest?.isRejected == false { isRejectionKnown = false }
    }

    mutating func crashed(leaving record: TokenRecord?, at moment: Moment) {
        leftBehind = Known(record, at: moment)
        takeTrial(of: record)
        failedAt = []
        (isSignedOut, mustBury, signIn) = (false, false, nil)
        if !(record?.isTombstone ?? false) { endedSignIns = [] }
        isBuried = record?.isTombstone ?? false
        newest = nil
        (isRejectionKnown, isProofPending, mutedUntil, mustSave) = (false, false, nil, false)
        handedOnce = nil
        hand = record?.refreshToken?.value.revealed
        sentAt = []
        (lastSuccess, notBefore) = (nil, nil)
        if isStoreUnreliable { presented = [:] }
        for key in presented.keys { presented[key]?.crash() }
        // Between two attempts the record still says that the first may have arrived.
        if let hand, let standing = record?.refreshStanding {
            presented[hand, default: Presentations()].take(standing, at: moment)
        }
    }

    mutating func saved(
        _ record: TokenRecord,
        isSaved: Bool,
        over old: TokenRecord?,
        by history: Run.History,
        _ task: Run.Task
    ) {
        if let old, old.generation > record.generation, !isOvertaken {
            fail("what is saved is newer than what is stored", "\(record) is older than \(old)")
        }
        guard isSaved else { return couldNotSave(record) }
        // A save that was under way when the session was signed out is followed by the tombstone.
        let isBound = isBuried && !task.isBeforeSignOut && history.signIn == nil
        if isBound, old?.isTombstone ?? false, !record.isTombstone {
            fail("after signing out nothing comes back", "\(record) replaces a tombstone")
        }
    }

    mutating func couldNotSave(_ record: TokenRecord) {
        isStoreUnreliable = true
        if let text = record.accessToken?.revealed { unsaved.insert(text) }
    }
}
