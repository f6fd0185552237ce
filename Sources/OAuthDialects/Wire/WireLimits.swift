/// How large and how slow an answer may be.
public struct WireLimits: Sendable, Hashable {
    /// How many bytes of a body are kept; the rest is cut off while it arrives.
    public var maximumBodyBytes: Int

    /// How long the whole exchange may take, from the first byte out to the last byte in.
    public var timeout: Duration

    /// Makes limits: bytes of the body, and the time for the whole exchange.
    public init(maximumBodyBytes: Int, timeout: Duration) {
        self.maximumBodyBytes = maximumBodyBytes
        self.timeout = timeout
    }

    /// 1 MiB and 10 seconds: a token answer has a few kilobytes.
    package static let token = Self(maximumBodyBytes: 1024 * 1024, timeout: .seconds(10))

    /// 64 MiB and 60 seconds.
    public static let api = Self(maximumBodyBytes: 64 * 1024 * 1024, timeout: .seconds(60))
}
