/// When a session renews its token, how often, and how long callers wait, on the monotonic clock.
public struct RenewalPolicy: Sendable {
    /// How a session treats refresh tokens.
    public enum RefreshTokenPolicy: Sendable {
        /// Stores and presents them.
        case use

        /// Presents them and never stores them.
        case useInMemoryOnly

        /// Drops them and authenticates again, as WeTix and Revenue Monster also document.
        case ignore
    }

    /// How long a caller waits for a token when none works: 10 s.
    public var timeout = Duration.seconds(10)

    /// How long one renewal may take with all its attempts, including the wait for the store's lock: 30 s.
    public var renewalTimeout = Duration.seconds(30)

    /// The longest time before a token's end at which its renewal starts: 24 h.
    ///
    /// The renewal starts in the last tenth of the lifetime, so without this bound a 60-day token would be replaced six days early.
    public var advisoryMaximum = Duration.seconds(24 * 3600)

    /// How many attempts one renewal makes when an exchange fails temporarily: 3.
    public var attempts = 3

    /// The first and the longest backoff after a failure, each drawn at random from zero up (full jitter): 1 s to 5 min.
    public var backoff = Duration.seconds(1)...Duration.seconds(300)

    /// How many token requests may follow each other at once: 10.
    public var burst = 10

    /// How the session treats refresh tokens.
    public var refreshTokens = RefreshTokenPolicy.use

    /// The policy with the defaults that each property names.
    package static let standard = Self()

    /// Makes the standard policy, to be changed.
    public init() {}

    /// The share of a lifetime, before its end, in which a token is renewed in the background.
    package var advisoryFraction = 0.1

    /// The shortest advisory window, for providers with short tokens; never more than half a lifetime.
    package var advisoryMinimum = Duration.seconds(60)

    /// How long before a token's end callers start to wait for its renewal; at most half the advisory window.
    package var mandatory = Duration.seconds(60)

    /// How long a caller with a working token waits at most; people take 2 s for slow, and longer for broken.
    package var mandatoryTimeout = Duration.seconds(2)

    /// How long before its end a token counts as expired: the time of a request's way to the provider, at most a quarter of the
    /// mandatory window.
    package var margin = Duration.seconds(5)

    /// How long one token request may take, and how large its answer may be.
    package var exchangeLimits = WireLimits.token

    /// How long a renewal waits for the store: a whole exchange of another process fits in.
    package var lockTimeout: Duration { renewalTimeout * 0.4 }

    /// The longest `Retry-After` that is obeyed; providers have sent years.
    package var retryAfterMaximum = Duration.seconds(900)

    /// How long a definite refusal is remembered while no token works, so that a wrong secret under load is one request.
    package var refusalMemory = Duration.seconds(5)

    /// The shortest time between two renewals that only the clock asked for.
    package var shortestInterval = Duration.seconds(1)

    /// How long it takes until the budget allows one more token request; a quarter of the token's lifetime if that is shorter.
    package var refill = Duration.seconds(10)

    /// How many renewals rejections may cause at once, and how long it takes until one more is allowed.
    package var rejectionBurst = 3
    package var rejectionRefill = Duration.seconds(60)

    /// How long rejections renew nothing after a replacement was rejected too, doubling from the first to the last.
    package var rejectionPause = Duration.seconds(60)...Duration.seconds(900)
}
