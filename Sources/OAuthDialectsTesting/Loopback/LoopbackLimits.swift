/// The limits of a ``LoopbackServer``.
package struct LoopbackLimits: Sendable, Hashable {
    /// The size limit of the request line and headers, in bytes; more is answered with 431.
    package var maximumHeaderBytes: Int

    /// The size limit of a request body, in bytes; more is answered with 413.
    package var maximumBodyBytes: Int

    /// The limit of open connections; further ones are closed immediately.
    ///
    /// Twice what the default transport opens to one origin: a connection that it has closed counts until the server has noticed.
    package var maximumConnections: Int

    /// How long the server waits for a request on an idle connection.
    package var idleTimeout: Duration

    /// Whether the server reads no HTTP: every arrival of bytes counts as a request with these bytes as its body.
    package var isRaw = false

    /// Creates limits.
    package init(
        maximumHeaderBytes: Int = 64 * 1024,
        maximumBodyBytes: Int = 8 * 1024 * 1024,
        maximumConnections: Int = 512,
        idleTimeout: Duration = .seconds(60)
    ) {
        self.maximumHeaderBytes = maximumHeaderBytes
        self.maximumBodyBytes = maximumBodyBytes
        self.maximumConnections = maximumConnections
        self.idleTimeout = idleTimeout
    }

    /// 64 KiB of header, 8 MiB of body, 512 connections, 60 seconds.
    package static let standard = Self()

    /// The standard limits of a server that reads no HTTP.
    package static let raw = {
        var limits = Self()
        limits.isRaw = true
        return limits
    }()
}
