internal import Foundation

/// A session as a value: events go in, decisions come out; it has no clock, no I/O, and no lock.
///
/// The order of a renewal is in `SessionMachine+Order.swift`: load credentials, read, lock, mark, exchange, save, answer.
package struct SessionMachine: Sendable {
    enum Activity: Sendable {
        case idle
        indirect case busy(Operation)
    }

    private let sharedPolicy: SharedPolicy
    /// Whether the identity can repeat its grant without a person.
    let isClient: Bool
    /// Whether the credentials' secret is the token, so that no token request is ever sent.
    let isStatic: Bool
    let rotation: WireConventions.Rotation
    /// Whether a token request may wait for a free connection before its timeout begins.
    let isGated: Bool
    /// Tells this instance from its replicas, so that they do not all renew at once.
    let seed: UInt64
    var random: SplitMix
    var pacer: Pacer
    var proof: RejectionProof

    var holding = Holding.nothing
    var unsaved = Unsaved.nothing
    var activity = Activity.idle
    var waiters = Waiters()
    var lastFailure: TokenError?
    /// When the first renewal failed since the last success, by the wall clock.
    var failingSince: Date?
    /// The newest generation that was seen in the store.
    var newestSeen = 0
    /// The token that was rejected last, which is not adopted again.
    var rejected: Secret?
    var isSignInReported = false
    var answerReports = AnswerReports()
    var operations: Operation.ID = 0
    /// When the event that is being handled happened, and what was decided so far.
    var moment = Moment(now: SessionInstant(nanoseconds: 0), date: .distantPast)
    var decision = Decision()

    package init(
        policy: SharedPolicy,
        isClient: Bool,
        isStatic: Bool = false,
        rotation: WireConventions.Rotation,
        isGated: Bool = false,
        seed: UInt64
    ) {
        sharedPolicy = policy
        self.isClient = isClient
        self.isStatic = isStatic
        self.rotation = rotation
        self.isGated = isGated
        self.seed = seed
        random = SplitMix(seed: seed)
        pacer = Pacer(policy: policy)
        proof = RejectionProof(policy: policy)
    }

    /// Handles one event and says what the shell does next.
    package mutating func handle(_ event: Event, at moment: Moment) -> Decision {
        self.moment = moment
        switch event {
        case .tokenRequested(let id, let timeout, let isForRequest):
            requestToken(id, timeout: timeout, isForRequest: isForRequest)
        case .renewalRequested(let id): requestRenewal(id)
        case .signInRequested(let id, let grant): requestSignIn(id, grant)
        case .signOutRequested(let id, let isRevoking): requestSignOut(id, isRevoking: isRevoking)
        case .callerLeft(let id): waiters[id] = nil
        case .tokenRejected(let token, let id, let timeout): reject(token, by: id, timeout: timeout)
        case .replacementRejected(let token, let before): rejectReplacement(token, of: before)
        case .tokenAccepted(let token): accept(token)
        case .upkeepDue: keepUp()
        case .timerFired: passTime()
        case .stepEnded(let id, let result): endStep(id, result)
        case .stepAbandoned(let id): endStep(id, .failed(Self.timedOut))
        }
        defer { decision = Decision() }
        return decision
    }

    var policy: RenewalPolicy { sharedPolicy.value }
    var now: SessionInstant { moment.now }
    var operation: Operation? { if case .busy(let operation) = activity { operation } else { nil } }
    package var held: HeldToken? { holding.tokens?.access }
    var record: TokenRecord? { holding.record }
    var isLive: Bool { held?.isLive(at: now) ?? false }
    /// Whether the token in hand has not expired and a person has to sign in all the same.
    var isDead: Bool { isLive && held?.isDead ?? false }
    /// The newest generation that is known, and that of the next record.
    var generation: Int { max(record?.generation ?? 0, newestSeen) }
    var nextGeneration: Int { TokenRecord.generation(after: generation) }

    mutating func report(_ occurrence: Occurrence) { decision.occurrences.append(occurrence) }

    mutating func wake(at instant: SessionInstant) { decision.wakeAt = min(decision.wakeAt ?? instant, instant) }
}

// MARK: What is read between events

extension SessionMachine {
    package var isBusy: Bool { if case .busy = activity { true } else { false } }

    /// The token, if it can be served without looking at anything else: the hot path.
    package func freshToken(at now: SessionInstant) -> AccessToken? {
        guard case .tokens(let tokens) = holding else { return nil }
        if tokens.access.isFresh(at: now) { return tokens.access.token }
        // It is being renewed in the background: there is nothing to start, and no one waits.
        let isServed = isBusy && tokens.access.works(at: now) && !tokens.access.isMandatory(at: now)
        return isServed ? tokens.access.token : nil
    }

    /// The token in hand if it works.
    package func workingToken(at now: SessionInstant) -> AccessToken? {
        guard case .tokens(let tokens) = holding, tokens.access.works(at: now) else { return nil }
        return tokens.access.token
    }

    /// Whether there is no operation, no waiting caller, and nothing to save.
    package var isQuiet: Bool { !isBusy && waiters.isEmpty && unsaved.isNothing }

    /// Whether no token is lost with the session: the store has what it knows.
    package var isDisposable: Bool {
        isQuiet && (policy.refreshTokens != .useInMemoryOnly || record?.refreshToken == nil)
    }

    /// When upkeep has something to do; `nil` while time alone brings nothing about.
    package func nextUpkeep(at now: SessionInstant) -> SessionInstant? {
        if isBusy || holding.isSignedOut { return nil }
        var due = held.map { $0.isRejected ? now : $0.renewal } ?? now
        if !isClient {
            switch refreshRuling(at: now) {
            case .present: break
            case .later(let instant, _):
                if case .definite = record?.refreshStanding.refusals, isSignInReported { return nil }
                due = due.map { max($0, instant) }
            case .never: if isSignInReported { return nil }
            }
        }
        return due.map { max($0, pacer.blockedUntil ?? $0) }
    }
}
