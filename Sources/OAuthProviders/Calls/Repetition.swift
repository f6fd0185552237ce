internal import Foundation
internal import OAuthDialects

/// Decides whether one call sends its request again, and when.
struct Repetition: Sendable {
    /// What one attempt came to.
    enum Outcome: Sendable {
        case answer(WireResponse)
        case failure(TokenError)
    }

    private let policy: RepeatPolicy
    /// Whether the request is sent again if need be.
    let isRepeatable: Bool
    /// Whether the request changes nothing.
    private let isSafe: Bool
    private let deadline: SessionInstant

    /// How many attempts were made.
    private(set) var attempts = 0

    /// Whether an attempt before the last one may have been processed.
    private(set) var mayHaveBeenProcessed = false

    init(_ policy: RepeatPolicy?, of request: WireRequest, isStream: Bool, at now: SessionInstant) {
        self.policy = policy ?? RepeatPolicy(attempts: 1)
        isSafe = request.isSafe
        isRepeatable = policy != nil && !isStream && request.isRepeatable
        deadline = now + self.policy.timeout
    }

    /// How long the next attempt may take.
    func timeLeft(at now: SessionInstant) -> Duration { max(deadline - now, .milliseconds(1)) }

    /// How long to wait before the next attempt, with a share of the backoff that is drawn from 0 to 1; `nil` if the outcome is the
    /// call's.
    mutating func wait(
        after outcome: Outcome,
        at now: SessionInstant,
        _ date: Date,
        share: Double
    ) -> Duration? {
        attempts += 1
        guard isRepeatable, attempts < policy.attempts, outcome.isWorthRepeating else { return nil }
        let pause = (outcome.retryAfter(date) ?? .zero) + backoff * share
        // An attempt without time would replace an answer by a timeout.
        guard pause < deadline - now else { return nil }
        if !isSafe, outcome.mayHaveBeenProcessed { mayHaveBeenProcessed = true }
        return pause
    }

    private var backoff: Duration {
        let doubled = policy.backoff.lowerBound * (1 << min(attempts - 1, 20))
        return min(doubled, policy.backoff.upperBound)
    }
}

extension Repetition.Outcome {
    fileprivate var isWorthRepeating: Bool {
        switch self {
        case .answer(let response): [429, 502, 503, 504].contains(response.status)
        case .failure(let error): error.isTransient || error.code == .requestFailed && error.delivery == .unknown
        }
    }

    fileprivate var mayHaveBeenProcessed: Bool {
        switch self {
        case .answer(let response): response.status >= 500
        case .failure(let error): error.delivery == .unknown
        }
    }

    fileprivate func retryAfter(_ date: Date) -> Duration? {
        switch self {
        case .answer(let response): RetryAfterReader.read(response.headers)?.wait(from: date)
        case .failure(let error): error.retryAt.map { RetryAfter.date($0).wait(from: date) }
        }
    }
}

extension RetryAfter {
    /// How long it asks to wait, from the arrival of the answer.
    func wait(from date: Date) -> Duration {
        switch self {
        case .delay(let delay): delay
        // Bounded, because a server may state any date.
        case .date(let end): .seconds(min(max(end.timeIntervalSince(date), 0), Double(Int32.max)))
        }
    }
}

extension WireRequest {
    /// Whether the provider has agreed that it may arrive twice: it changes nothing, or has a key that tells a repetition.
    fileprivate var isRepeatable: Bool {
        isSafe || headers["Idempotency-Key"]?.contains { !$0.isWhitespace } == true
    }
}
