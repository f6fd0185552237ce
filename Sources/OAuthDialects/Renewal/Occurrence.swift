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

    case renewalStarted(reason: String)
    case renewalSucceeded(Summary, Operation.Method, lifetime: Duration?)
    case renewalFailed(Summary, TokenError, servesHeld: Bool)
    /// The token in hand goes on being served although its renewal failed.
    case tokenServed
    case tokenAdopted
    case tokenRejected
    case rejectionIgnored(why: String)
    case storeFailed(TokenError)
    case storeBusy(TokenError)
    case signInRequired(TokenError, servesHeld: Bool)
    case signedIn
    case signedOut
    case answerDeviated(AnswerDeviation)
    case scopesReduced([String])
    case transportFallback(why: String)
    case requestSent(String)
    case requestAnswered(String, status: Int, duration: Duration)
    case requestFailed(TokenError, duration: Duration)
}
