/// How much one peer may ask of a ``LoopbackServer``.
public struct LoopbackLimits: Sendable, Hashable {
    /// How many bytes the request line and the header fields may have; more is answered with 431.
    public var maximumHeaderBytes: Int

    /// How many bytes a request's body may have; more is answered with 413.
    public var maximumBodyBytes: Int

    /// How many connections may be open at once; more are closed as they come.
    public var maximumConnections: Int

    /// How long a connection may say nothing while the server waits for a request.
    public var idleTimeout: Duration

    /// Makes limits.
    public init(
        maximumHeaderBytes: Int = 64 * 1024,
        maximumBodyBytes: Int = 8 * 1024 * 1024,
        maximumConnections: Int = 256,
        idleTimeout: Duration = .seconds(60)
    ) {
        self.maximumHeaderBytes = maximumHeaderBytes
        self.maximumBodyBytes = maximumBodyBytes
        self.maximumConnections = maximumConnections
        self.idleTimeout = idleTimeout
    }

    /// 64 KiB of header, 8 MiB of body, 256 connections, 60 seconds.
    public static let standard = Self()
}
