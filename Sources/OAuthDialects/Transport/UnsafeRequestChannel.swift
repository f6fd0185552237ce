internal import Foundation

/// The channel for requests that must not go twice; in the one it hands out no connection was kept.
///
/// Where a kept connection ends unanswered, libcurl sends the request once more: a `GET` arrives twice, and a request with a
/// body hangs until its timeout, because `URLSession` on Linux can't read a body anew. `Connection: close` asks the server to
/// keep none; after an answer that does not agree to it (HTTP/2 has no such field) the channel is replaced.
final class UnsafeRequestChannel: Sendable {
    private let current: Locked<TransportChannel>
    private let make: @Sendable () -> TransportChannel

    init(_ make: @escaping @Sendable () -> TransportChannel) {
        self.make = make
        current = Locked(make())
    }

    var channel: TransportChannel { current.withLock { $0 } }

    /// Replaces a channel in which the connection of an answer may have been kept.
    func settle(_ channel: TransportChannel, after response: WireResponse) {
        let options = (response.headers["Connection"] ?? "").split { $0 == "," || $0 == " " }
        guard !options.contains(where: { ASCII.lowercase($0) == "close" }), !response.isCutOff else { return }
        let replaced = current.withLock { current -> TransportChannel? in
            guard current === channel else { return nil }
            current = make()
            return channel
        }
        // The last reference goes outside the lock: it ends a session.
        _ = replaced
    }
}
