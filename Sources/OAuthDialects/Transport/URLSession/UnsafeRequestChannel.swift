#if URLSession
internal import Foundation

/// Provides a channel without a kept connection, for requests that must not be sent twice.
///
/// When a kept connection ends without a response, libcurl sends the request again: a `GET` arrives twice, and a request with a
/// body hangs until its timeout, because `URLSession` on Linux can't read the body again. `Connection: close` asks the server to
/// close the connection; if a response does not agree (HTTP/2 has no such field), the channel is replaced.
final class UnsafeRequestChannel: Sendable {
    private let current: Locked<TransportChannel>
    private let make: @Sendable () -> TransportChannel

    init(_ make: @escaping @Sendable () -> TransportChannel) {
        self.make = make
        current = Locked(make())
    }

    var channel: TransportChannel { current.withLock { $0 } }

    /// Replaces a channel that may have kept the connection of a response.
    func settle(_ channel: TransportChannel, after response: WireResponse) {
        let options = (response.headers["Connection"] ?? "").split { $0 == "," || $0 == " " }
        guard !options.contains(where: { ASCII.lowercase($0) == "close" }), !response.isCutOff else { return }
        let replaced = current.withLock { current -> TransportChannel? in
            guard current === channel else { return nil }
            current = make()
            return channel
        }
        // Released outside the lock, because the last reference invalidates a session.
        _ = replaced
    }
}
#endif
