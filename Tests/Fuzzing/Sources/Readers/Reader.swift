public import Foundation

/// The readers of bytes from outside, each with what must hold whatever the bytes are.
///
/// One that does not hold ends the process, as a trap does: that is what the fuzzer looks for.
public enum Reader: String, CaseIterable, Sendable {
    /// Bodies of token answers, through each dialect.
    case tokenAnswers = "token-answers"

    /// Answers with status and headers that give no token, through each dialect and for each grant.
    case refusals

    /// Token answers and refusals by random conventions, and the requests that those write.
    case conventions

    /// URLs that a browser came back with.
    case callbacks

    /// What a store holds, and the session that takes it up.
    case records

    /// What a server keeps of a sign-in.
    case attempts = "sign-in-attempts"

    /// `Retry-After` and `Date`, one a line.
    case retryAfter = "retry-after"

    /// Whole answers to a session's exchange.
    case sessions

    /// A provider's words around a spelled secret.
    case scrubber

    /// What a server sends, over a socket and through the platform's transport.
    case answers

    /// Reads the bytes.
    public func read(_ bytes: Data) {
        switch self {
        case .tokenAnswers: readTokenAnswer(bytes)
        case .refusals: readRefusal(bytes)
        case .conventions: readConventions(bytes)
        case .callbacks: readCallback(bytes)
        case .records: readRecord(bytes)
        case .attempts: readAttempt(bytes)
        case .retryAfter: readRetryAfter(bytes)
        case .sessions: readSession(bytes)
        case .scrubber: readScrubbed(bytes)
        case .answers: readAnswer(bytes)
        }
    }
}
