/// How much one peer may ask of a ``LoopbackServer``.
package struct LoopbackLimits: Sendable, Hashable {
    /// How many bytes the request line and the header fields may have; more is answered with 431.
    package var maximumHeaderBytes: Int

    /// How many bytes a request's body may have; more is answered with 413.
    package var maximumBodyBytes: Int

    /// How many connections may be open at once; more are closed as they come.
    package var maximumConnections: Int

    /// How long a connection may say nothing while the server waits for a request.
    package var idleTimeout: Duration

    /// Makes limits.
    package init(
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
    package static let standard = Self()
}
