extension SessionMachine {
    /// What the machine is told.
    package enum Event: Sendable {
        /// For an API request of the session, which shows whether the token works, or for a caller who takes it away.
        case tokenRequested(by: Waiters.ID, timeout: Duration, isForRequest: Bool = false)
        case renewalRequested(by: Waiters.ID)
        case signInRequested(by: Waiters.ID, Grant)
        case signOutRequested(by: Waiters.ID, revoking: Bool)
        /// A waiting caller was cancelled.
        case callerLeft(Waiters.ID)
        /// The API rejected a request with this token; `by` waits for another one.
        case tokenRejected(AccessToken, by: Waiters.ID? = nil, timeout: Duration = .zero)
        /// The API rejected one request with two tokens: with the second, and before it with another one.
        case replacementRejected(AccessToken, of: AccessToken)
        case tokenAccepted(AccessToken)
        /// Upkeep starts what is due although no caller asks.
        case upkeepDue
        case timerFired
        case stepEnded(Step.ID, StepResult)
        /// A cancelled step has not ended a second later.
        case stepAbandoned(Step.ID)
    }

    /// One piece of I/O, which the shell performs.
    package struct Step: Sendable {
        /// Only the result of an operation's newest step counts, except that `finished` always does.
        package struct ID: Sendable, Hashable {
            package let operation: Operation.ID
            package let number: Int
        }

        package let id: ID
        package let stage: Operation.Stage
    }

    /// How a step ended.
    package enum StepResult: Sendable {
        case loadedCredentials(areNew: Bool)
        case read(TokenRecord?)
        case locked(TokenRecord?)
        case saved
        /// Another process took the lock over, and has stored this.
        case overtaken(by: TokenRecord?, TokenError)
        case madeGrant(Grant)
        case exchanged(ExchangeOutcome)
        case revoked(RevocationResult)
        case finished(TokenError?)
        /// The step failed, whichever it was.
        case failed(TokenError)
    }

    /// What the shell does after an event, outside the lock.
    package struct Decision: Sendable {
        package enum Answer: Sendable {
            case token(AccessToken)
            case signedOut(RevocationResult)
        }

        /// The callers to resume, in order.
        package var answers: [(waiter: Waiters.ID, result: Result<Answer, TokenError>)] = []
        /// The next step of the running operation, and the first step of a new one.
        package var steps: [Step] = []
        /// The step that is cancelled because its time is over; if it has not ended a second later, it is abandoned.
        package var cancelled: Step.ID?
        /// When the timer has to fire, at the latest.
        package var wakeAt: SessionInstant?
        package var occurrences: [Occurrence] = []
    }
}

/// A provider's tokens, when their request was sent, and the scopes that it asked for.
package struct TokenAnswer: Sendable {
    package let set: TokenSet
    package let sent: Moment
    let scopes: [String]
    let deviations: [AnswerDeviation]

    package init(_ set: TokenSet, sent: Moment, scopes: [String] = [], deviations: [AnswerDeviation] = []) {
        (self.set, self.sent, self.scopes, self.deviations) = (set, sent, scopes, deviations)
    }
}

/// What became of a token request.
package enum ExchangeOutcome: Sendable {
    case tokens(TokenAnswer)
    case refused(TokenError, Remedy, until: SessionInstant?)
    /// No usable answer came: the grant may be used up if the request may have arrived.
    case failed(TokenError, mayHaveArrived: Bool, isWorthRepeating: Bool, until: SessionInstant? = nil)
    /// The same request would end the same way, and nothing is used up.
    case invalid(TokenError)
}
