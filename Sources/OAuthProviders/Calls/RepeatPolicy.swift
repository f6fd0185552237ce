/// How often, and for how long, a call repeats a request that is safe to repeat.
///
/// Safe are `GET`, `HEAD`, `OPTIONS`, and a request with an `Idempotency-Key` header. Such a request is repeated after an answer with
/// status 429, 502, 503, or 504, and after an error that is transient. Any other request is sent as if there were no policy.
public struct RepeatPolicy: Sendable, Hashable {
    /// How many times the request is sent at most: 3.
    public var attempts: Int

    /// How long after the call another attempt may start, and how long the attempts after the first may take: 30 s.
    ///
    /// A `Retry-After` beyond it ends the call at once.
    public var timeout: Duration

    /// The first and the longest backoff, each drawn at random from zero up (full jitter): 500 ms to 8 s.
    public var backoff: ClosedRange<Duration>

    /// Creates a policy.
    ///
    /// - Parameters:
    ///   - attempts: how many times the request is sent at most.
    ///   - timeout: how long after the call another attempt may start.
    ///   - backoff: the first and the longest backoff.
    public init(
        attempts: Int = 3,
        within timeout: Duration = .seconds(30),
        backoff: ClosedRange<Duration> = .milliseconds(500)...Duration.seconds(8)
    ) {
        (self.attempts, self.timeout, self.backoff) = (attempts, timeout, backoff)
    }
}
