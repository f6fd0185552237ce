internal import Foundation

/// What the answer to a token request leads to.
extension SessionMachine {
    mutating func read(_ outcome: ExchangeOutcome, of method: Operation.Method, in operation: consuming Operation) {
        if !outcome.mayHaveUsedTheGrant, method == .refresh, let before = operation.standingBefore {
            holding.tokens?.record.refreshStanding = before
        }
        switch outcome {
        case .tokens(let answer):
            guard let newTokens = newTokens(of: answer, by: method, in: operation) else {
                return fail(operation, Self.unusable, isTransient: true)
            }
            if case .unavailable(let error) = operation.lock {
                return succeed(operation, newTokens, unsavedBecause: error)
            }
            go(operation, to: .saving(newTokens))
        case .refused(let error, .retryLater, let until):
            tryAgain(error, until: until, method, in: operation)
        case .refused(let error, .unknown, let until) where method == .refresh && !isClient:
            tryAgain(error, until: until, method, in: operation)
        case .refused(let error, let remedy, let until):
            if remedy != .discardGrant, let until { operation.retryAfter = until }
            readRefusal(error, remedy, of: method, in: operation)
        case .failed(let error, let mayHaveArrived, let isWorthRepeating):
            let isUsedUp = mayHaveArrived && (method == .signIn || method == .refresh && rotation != .reusable)
            if isUsedUp, method == .refresh, isClient {
                lastFailure = error
                operation.failures += 1
                operation.skip(.refresh, "its answer was lost")
                attempt(operation)
            } else if isUsedUp || !isWorthRepeating {
                fail(operation, error, isTransient: true)
            } else {
                tryAgain(error, until: nil, method, in: operation)
            }
        case .invalid(let error):
            skip(method, error.message, error, in: operation)
        }
    }

    private mutating func readRefusal(
        _ error: TokenError,
        _ remedy: Remedy,
        of method: Operation.Method,
        in operation: consuming Operation
    ) {
        if remedy == .discardGrant, method == .refresh {
            let isEarly = (held?.isEarly(at: now) ?? false) && operation.standingBefore == .ready
            holding.tokens?.record.refreshStanding = isEarly ? .refusedEarly : .dead
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
        lastFailure = error
        operation.failures += 1
        // Ignores a `Retry-After` of zero or in the past and backs off as usual.
        let wanted = wanted.flatMap { $0 > now ? $0 : nil }
        let next = wanted ?? now + pacer.pause(after: operation.failures - 1, random: &random)
        let isInTime = next + policy.exchangeLimits.timeout <= operation.deadline
        guard operation.failures < policy.attempts, isInTime, method != .signIn else {
            return fail(operation, error, isTransient: true, until: wanted)
        }
        if next <= now { attempt(operation) } else { wait(operation, until: next) }
    }

    private static let unusable = TokenError(.unreadableAnswer, "The token answer holds no usable token.")
}

extension ExchangeOutcome {
    fileprivate var mayHaveUsedTheGrant: Bool {
        switch self {
        case .tokens, .failed(_, mayHaveArrived: true, _): true
        case .refused, .failed, .invalid: false
        }
    }
}
