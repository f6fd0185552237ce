/// The maximum size and duration of an exchange.
public struct WireLimits: Sendable, Hashable {
    /// The maximum size of an answer's body; the transport cuts off the rest while it arrives.
    public var maximumBodyBytes: Int

    /// The timeout of the whole exchange, from the look-up of the host's name to the last byte received.
    public var timeout: Duration

    /// How long the request may wait for a free connection before the exchange begins: 60 s.
    ///
    /// A request that has waited for longer was certainly not sent.
    public var connectionTimeout = Duration.seconds(60)

    /// Whether it is a token request, which has connections of its own.
    package var isTokenRequest = false

    /// Creates limits.
    public init(maximumBodyBytes: Int, timeout: Duration) {
        self.maximumBodyBytes = maximumBodyBytes
        self.timeout = timeout
    }

    /// 1 MiB and 10 seconds, for token requests.
    package static let token = {
        var limits = Self(maximumBodyBytes: 1024 * 1024, timeout: .seconds(10))
        limits.isTokenRequest = true
        return limits
    }()

    /// 64 MiB and 60 seconds, for API requests.
    public static let api = Self(maximumBodyBytes: 64 * 1024 * 1024, timeout: .seconds(60))
}
