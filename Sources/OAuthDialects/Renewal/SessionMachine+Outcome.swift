internal import Foundation

/// What the answer to a token request leads to.
extension SessionMachine {
    mutating func read(_ outcome: ExchangeOutcome, of method: Operation.Method, in operation: consuming Operation) {
        if !outcome.mayHaveUsedTheGrant, method == .refresh, let before = operation.standingBefore {
            holding.tokens?.record.refreshStanding = before
        }
        switch outcome {
        case .tokens(let answer):
            if forgetsRejected(answer) { return fail(operation, Self.staticTokenRejected, .remember) }
            guard let newTokens = newTokens(of: answer, by: method, in: operation) else {
                return fail(operation, Self.unusable, .backOff(until: nil))
            }
            if case .unavailable(let error) = operation.lock {
                return succeed(operation, newTokens, unsavedBecause: error)
            }
            go(operation, to: .saving(newTokens))
        case .refused(let error, .retryLater, let until):
            tryAgain(error, until: until, method, in: operation)
        case .refused(let error, .unknown, let until) where method == .refresh && !isClient:
            countUnknown(error)
            lastFailure = error
            fail(operation, error, .backOff(until: until))
        case .refused(let error, let remedy, let until):
            if remedy != .discardGrant, let until { operation.retryAfter = until }
            readRefusal(error, remedy, of: method, in: operation)
        case .failed(let error, let mayHaveArrived, let isWorthRepeating, let until):
            let isUsedUp = mayHaveArrived && (method == .signIn || method == .refresh && rotation != .reusable)
            if isUsedUp, method == .refresh, isClient {
                lastFailure = error
                operation.failures += 1
                operation.skip(.refresh, "its answer was lost")
                attempt(operation)
            } else if !isWorthRepeating || (isUsedUp && (method == .signIn || !canRenew(at: now))) {
                fail(operation, error, .backOff(until: until))
            } else {
                tryAgain(error, until: until, method, in: operation)
            }
        case .invalid(let error):
            skip(method, error.message, error, in: operation)
        }
    }

    /// Counts a refusal with unknown words; while a token works, or might, it proves nothing.
    private mutating func countUnknown(_ error: TokenError) {
        if let word = error.refusal?.code, answerReports.isNews(refusal: word) { report(.refusalUnknown(word)) }
        let isAfterEnd = held.map { $0.windows == nil ? $0.isRejected : !$0.isLive(at: now) } ?? true
        guard isAfterEnd, let standing = record?.refreshStanding else { return }
        let date = moment.date
        let refusals: TokenRecord.RefreshStanding.Refusals =
            switch standing.refusals {
            case .unknown(let count, let first, _): .unknown(count: count + 1, first: first, last: date)
            case .definite(let count, _): .definite(count: count, last: date)
            case .none, .early: .unknown(count: 1, first: date, last: date)
            }
        holding.tokens?.record.refreshStanding.refusals = refusals
    }

    private mutating func readRefusal(
        _ error: TokenError,
        _ remedy: Remedy,
        of method: Operation.Method,
        in operation: consuming Operation
    ) {
        if remedy == .discardGrant, method == .refresh {
            countDefinite()
            lastFailure = error
            // When it may be presented again is known to the ruling.
            if !isClient { return attempt(operation) }
        }
        let isFinal = remedy == .discardGrant || method == .signIn || operation.hasReloadedCredentials
        guard isFinal || (method == .refresh && isClient) else {
            lastFailure = error
            operation.skip(method, error.refusal.map { "refused with \($0)" } ?? "refused")
            operation.hasReloadedCredentials = true
            return go(operation, to: .reloadingCredentials)
        }
        skip(method, error.refusal.map { "refused with \($0)" } ?? "refused", error, in: operation)
    }

    private mutating func countDefinite() {
        let isEarly = !isClient && held?.isEarly(at: now) ?? false
        let refusals: TokenRecord.RefreshStanding.Refusals =
            switch record?.refreshStanding.refusals {
            case .early(let count, _) where isEarly: .early(count: count + 1, last: moment.date)
            case .definite(let count, _): .definite(count: count + 1, last: moment.date)
            default: isEarly ? .early(count: 1, last: moment.date) : .definite(count: 1, last: moment.date)
            }
        holding.tokens?.record.refreshStanding = TokenRecord.RefreshStanding(refusals: refusals)
    }

    /// A method is out of the question: after a refresh comes the next method, else the operation has failed.
    private mutating func skip(
        _ method: Operation.Method,
        _ why: String,
        _ error: TokenError,
        in operation: consuming Operation
    ) {
        if method != .signIn { lastFailure = error }
        operation.skip(method, why)
        if method == .refresh { attempt(operation) } else { fail(operation, error) }
    }

    /// After a temporary failure: another attempt in this operation if there is time, else backoff.
    private mutating func tryAgain(
        _ error: TokenError,
        until wanted: SessionInstant?,
        _ method: Operation.Method,
        in operation: consuming Operation
    ) {
        if method != .signIn { lastFailure = error }
        operation.failures += 1
        // Ignores a `Retry-After` of zero or in the past and backs off as usual.
        let wanted = wanted.flatMap { $0 > now ? $0 : nil }
        let next = wanted ?? now + pacer.pause(after: operation.failures - 1, random: &random)
        let isInTime = next + policy.exchangeLimits.timeout <= operation.deadline
        let attempts = pacer.isBackingOff ? 1 : policy.attempts
        guard operation.failures < attempts, isInTime, method != .signIn else {
            return fail(operation, error, .backOff(until: wanted))
        }
        if next <= now { attempt(operation) } else { wait(operation, until: next) }
    }

    private static let unusable = TokenError(.unreadableAnswer, "The token answer holds no usable token.")
}

extension ExchangeOutcome {
    fileprivate var mayHaveUsedTheGrant: Bool {
        switch self {
        case .tokens, .failed(_, mayHaveArrived: true, _, _): true
        case .refused, .failed, .invalid: false
        }
    }
}
