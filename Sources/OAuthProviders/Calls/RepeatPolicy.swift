/// How often, and for how long, a call repeats a request that is safe to repeat.
///
/// Safe are `GET`, `HEAD`, `OPTIONS`, and a request with an `Idempotency-Key` header. Such a request is repeated after an answer with
/// status 429, 502, 503, or 504, and after an error that is transient. Any other request is sent as if there were no policy.
public struct RepeatPolicy: Sendable, Hashable {
    let attempts: Int
    let timeout: Duration
    let backoff: ClosedRange<Duration>

    /// Creates a policy.
    ///
    /// - Parameters:
    ///   - attempts: how many times the request is sent at most.
    ///   - timeout: how long all attempts and the pauses between them may take; a wait for a token comes on top. A `Retry-After`
    ///     beyond it ends the call at once.
    ///   - backoff: the first and the longest backoff, each drawn at random from zero up (full jitter).
    public init(
        attempts: Int = 3,
        within timeout: Duration = .seconds(30),
        backoff: ClosedRange<Duration> = .milliseconds(500)...Duration.seconds(8)
    ) {
        (self.attempts, self.timeout, self.backoff) = (attempts, timeout, backoff)
    }
}
