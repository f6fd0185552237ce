/// What happened in a session; `SessionEvent` puts it into words.
package enum Occurrence: Sendable {
    /// What is reported of a renewal that has ended.
    package struct Summary: Sendable {
        let reason: String
        let duration: Duration
        let waiters: Int
        let longestWait: Duration?
        let skipped: String
    }

    /// Whom a failure affects.
    package enum Severity: Sendable {
        /// Nobody has signed in yet.
        case expected
        case servesHeld
        case callersFail
    }

    case renewalStarted(reason: String)
    case renewalSucceeded(Summary, Operation.Method, lifetime: Duration?)
    case renewalFailed(Summary, TokenError, Severity)
    /// The token in hand goes on being served although its renewal failed.
    case tokenServed
    case tokenAdopted
    case tokenRejected
    case rejectionIgnored(why: String)
    case storeFailed(TokenError)
    case storeBusy(TokenError)
    case signInRequired(TokenError, Severity)
    case revocationFailed(RevocationResult)
    case refusalUnknown(String)
    case signedIn
    case signedOut
    case answerDeviated(AnswerDeviation)
    case scopesReduced([String])
    case transportFallback(why: String)
    case requestSent(String)
    case requestAnswered(String, status: Int, duration: Duration)
    case requestFailed(TokenError, duration: Duration)
}
