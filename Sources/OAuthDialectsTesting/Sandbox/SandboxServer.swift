public import Foundation

/// A ``ProviderSandbox`` on a loopback port, until it is stopped or released.
public final class SandboxServer: Sendable {
    private let server: LoopbackServer

    init(_ server: LoopbackServer) {
        self.server = server
    }

    /// The root of the provider's URLs, such as `http://127.0.0.1:49152`.
    public var url: URL { server.url }

    /// Closes every connection and the port.
    public func stop() async {
        await server.stop()
    }
}
