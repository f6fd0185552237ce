/// When a session renews, how often, and how long anybody waits for it, counted on the monotonic clock.
public struct RenewalPolicy: Sendable {
    /// What is done with refresh tokens.
    public enum RefreshTokenPolicy: Sendable {
        /// They are stored and presented.
        case use

        /// They are presented, and never stored.
        case useInMemoryOnly

        /// They are dropped: the session authenticates again (WeTix and Revenue Monster document that as well).
        case ignore
    }

    /// The part of a lifetime before its end in which a token is renewed behind the callers: a tenth.
    public var advisoryFraction = 0.1

    /// The shortest advisory window, 60 s, for providers with short tokens; never more than half a lifetime.
    public var advisoryMinimum = Duration.seconds(60)

    /// The longest advisory window, 24 h: a 60-day token need not be replaced six days early.
    public var advisoryMaximum = Duration.seconds(24 * 3600)

    /// How long before a token's end callers begin to join its renewal: 60 s, or half the advisory window.
    public var mandatory = Duration.seconds(60)

    /// How long a caller with a working token waits at most: 2 s, what a person takes for slow and not for broken.
    public var mandatoryPatience = Duration.seconds(2)

    /// How long before its end a token counts as over: 5 s for the way to the provider, or a quarter of the mandatory window.
    public var margin = Duration.seconds(5)

    /// How long a caller without a working token waits unless it says otherwise: 10 s.
    public var patience = Duration.seconds(10)

    /// How long one exchange may take, and how large its answer may be: 10 s, 1 MiB.
    public var limits = WireLimits.token

    /// How long one renewal may take with all its attempts, waiting for the store's lock included: 30 s.
    public var flight = Duration.seconds(30)

    /// How long a renewal waits for the store's lock: 12 s, so that a whole exchange of another process fits in.
    public var storePatience = Duration.seconds(12)

    /// How many attempts one renewal makes at an exchange that fails for the moment: 3.
    public var attempts = 3

    /// The first and the longest backoff after failures, each taken at random from zero up (full jitter): 1 s to 5 min.
    public var backoff = Duration.seconds(1)...Duration.seconds(300)

    /// The longest `Retry-After` that is obeyed: 15 min; providers have sent years.
    public var retryAfterMaximum = Duration.seconds(900)

    /// How long a definite refusal is remembered while no token works: 5 s, so that a wrong secret under load is one request.
    public var refusalMemory = Duration.seconds(5)

    /// The shortest time between two exchanges that only the clock asked for: 1 s.
    public var shortestInterval = Duration.seconds(1)

    /// How many exchanges may follow each other at once, whatever the callers do: 10.
    public var burst = 10

    /// How long it takes until one more exchange is allowed: 10 s, or a quarter of the token's lifetime if that is less.
    public var refill = Duration.seconds(10)

    /// How many renewals rejections may cause at once: 3.
    public var rejectionBurst = 3

    /// How long it takes until one more renewal for a rejection is allowed: 60 s.
    public var rejectionRefill = Duration.seconds(60)

    /// How long rejections renew nothing after a new token was rejected too: 60 s, doubling up to 15 min.
    public var rejectionMute = Duration.seconds(60)...Duration.seconds(900)

    /// What is done with refresh tokens.
    public var refreshTokens = RefreshTokenPolicy.use

    /// The numbers that each property names.
    public static let standard = Self()

    /// Makes the standard policy, to be changed.
    public init() {}
}
