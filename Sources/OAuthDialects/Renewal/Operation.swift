/// What a session is doing, one thing at a time: renewing its token, signing in, or signing out.
package struct Operation: Sendable {
    package typealias ID = UInt64

    /// Why a token is renewed.
    enum Reason: String, Sendable {
        case noToken = "no token"
        case advisory = "the token expires soon"
        case mandatory = "the token expires now"
        case expired = "the token has expired"
        case rejected = "the token was rejected"
        case requested = "requested"
        case unsavedRecord = "a record to save again"
        /// Whether only the clock asks.
        var isTime: Bool { [.advisory, .mandatory, .expired].contains(self) }
    }

    enum Purpose: Sendable {
        case token(Reason)
        case signIn(Grant)
        case signOut(SignOut)
        /// A look at the store while no renewal may start.
        case look
    }

    /// How a new token is obtained.
    package enum Method: String, Sendable {
        case refresh, authenticate
        case signIn = "sign in"
    }

    /// What it is doing now: the step that the shell performs, with all that this takes.
    package enum Stage: Sendable {
        case loadingCredentials
        case reading
        case locking
        /// Saves the record that an earlier renewal could not save.
        case savingEarlier(TokenRecord)
        /// Saves that the refresh token is being presented.
        case marking(RefreshToken, TokenRecord)
        case makingGrant
        case exchanging(Method, Grant)
        /// The provider refused the client; its secret may have been rotated.
        case reloadingCredentials
        case saving(NewTokens)
        /// Nothing to perform: the timer ends it.
        case waiting
        case savingTombstone(TokenRecord)
        case revoking(TokenRecord?)
        /// Saves what is left, if anything is, and releases the lock. The machine has left the operation by then.
        case finishing(TokenRecord?)
    }

    enum Lock: Sendable {
        case notTaken
        case held
        /// A client goes on without it.
        case unavailable(TokenError)
    }

    let id: ID
    var purpose: Purpose
    let startedAt: SessionInstant
    /// No attempt starts that might not end by then, except the first, and a client's after a refused refresh.
    let deadline: SessionInstant
    private(set) var stage = Stage.loadingCredentials
    private(set) var step = 0
    /// When the running step is cancelled, or the wait ends; `nil` once the step was cancelled.
    var stepDeadline: SessionInstant?
    var lock = Lock.notTaken
    /// How many token requests were started, and how many of them failed temporarily.
    var exchanges = 0
    var failures = 0
    var hasReloadedCredentials = false
    /// When the provider wants to be asked again, although it refused.
    var retryAfter: SessionInstant?
    /// The methods that are out of the question, and why.
    var skipped: [(method: Method, why: String)] = []
    /// The standing of the refresh token before this operation presented it; `nil` if it has not.
    var standingBefore: TokenRecord.RefreshStanding?
}

extension Operation {
    var stepID: SessionMachine.Step.ID { SessionMachine.Step.ID(operation: id, number: step) }

    mutating func enter(_ stage: Stage, until deadline: SessionInstant) {
        (self.stage, stepDeadline) = (stage, deadline)
        step += 1
    }

    var isLocked: Bool { if case .held = lock { true } else { false } }
    var isWaiting: Bool { if case .waiting = stage { true } else { false } }
    var isLook: Bool { if case .look = purpose { true } else { false } }
    var signOut: SignOut? { if case .signOut(let signOut) = purpose { signOut } else { nil } }
    /// Whether it may bring a new token.
    var isRenewing: Bool { signInGrant != nil || reason.map { $0 != .unsavedRecord } ?? false }
    var signInGrant: Grant? { if case .signIn(let grant) = purpose { grant } else { nil } }

    var reason: Reason? { if case .token(let reason) = purpose { reason } else { nil } }
    var reasonText: String { reason?.rawValue ?? (signInGrant == nil ? "signing out" : "signing in") }
    var skippedText: String { skipped.map { "\($0.method.rawValue): \($0.why)" }.joined(separator: "; ") }

    func skips(_ method: Method) -> Bool { skipped.contains { $0.method == method } }

    mutating func skip(_ method: Method, _ why: String) {
        if !skips(method) { skipped.append((method: method, why: why)) }
    }
}

/// A new token set on its way from the provider through the store to the callers.
package struct NewTokens: Sendable {
    let tokens: Holding.Tokens
    /// The record in the form in which it may be stored.
    package let stored: TokenRecord
    let answer: TokenAnswer
    let method: Operation.Method
}
