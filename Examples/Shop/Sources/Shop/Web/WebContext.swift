import Hummingbird
import NIOCore

/// What a request carries through the middleware to its route.
package struct WebContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    /// The address of the connection's other end; `nil` in tests without a network.
    let peer: SocketAddress?
    /// The browser's name, from its cookie; empty where no cookie is read.
    var browser = ""
    /// Whether the pages of the staff are open to this request.
    var isStaff = false

    package init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        peer = source.channel.remoteAddress
    }

    /// Whether the connection comes from this machine.
    var isFromThisMachine: Bool {
        guard let address = peer?.ipAddress else { return false }
        return address == "::1" || address.hasPrefix("127.") || address.hasPrefix("::ffff:127.")
    }
}
