/// The maximum size and duration of an exchange.
public struct WireLimits: Sendable, Hashable {
    /// The maximum size of an answer's body; the transport cuts off the rest while it arrives.
    public var maximumBodyBytes: Int

    /// The timeout of the whole exchange, from the first byte sent to the last byte received.
    public var timeout: Duration

    /// Creates limits.
    public init(maximumBodyBytes: Int, timeout: Duration) {
        self.maximumBodyBytes = maximumBodyBytes
        self.timeout = timeout
    }

    /// 1 MiB and 10 seconds, for token requests.
    package static let token = Self(maximumBodyBytes: 1024 * 1024, timeout: .seconds(10))

    /// 64 MiB and 60 seconds, for API requests.
    public static let api = Self(maximumBodyBytes: 64 * 1024 * 1024, timeout: .seconds(60))
}
