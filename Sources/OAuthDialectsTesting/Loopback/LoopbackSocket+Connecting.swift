internal import Foundation

extension LoopbackSocket {
    /// Begins to connect to a port of 127.0.0.1, and waits for the result.
    ///
    /// - Returns: the socket, and whether it is connected; after the timeout it may still be connecting.
    static func connecting(to port: Int, within timeout: Duration) throws -> (socket: Self, isConnected: Bool) {
        try unsafe withAddress("127.0.0.1", port) { address, length, family in
            let socket = try Self(descriptor: checked("socket", systemSocket(family)))
            #if !os(Linux)
            socket.set(SO_NOSIGPIPE, 1)
            #endif
            let flags = fcntl(socket.descriptor, F_GETFL)
            _ = fcntl(socket.descriptor, F_SETFL, flags | O_NONBLOCK)
            _ = unsafe connect(socket.descriptor, address, length)
            var entry = pollfd(fd: socket.descriptor, events: Int16(POLLOUT), revents: 0)
            let count = unsafe poll(&entry, 1, Int32(timeout / .milliseconds(1)))
            _ = fcntl(socket.descriptor, F_SETFL, flags)
            return (socket, count > 0 && entry.revents & Int16(POLLERR | POLLHUP) == 0)
        }
    }

    /// Passes bytes on to a port of 127.0.0.1 and back, until either side ends.
    func relay(toPort port: Int) {
        guard let (other, isConnected) = try? Self.connecting(to: port, within: .seconds(1)) else { return }
        defer { other.close() }
        guard isConnected, write(Data("HTTP/1.1 200 Connection established\r\n\r\n".utf8)) else { return }
        while let (mine, theirs) = isReadable(or: other) {
            if mine, !pass(to: other) { return }
            if theirs, !other.pass(to: self) { return }
        }
    }

    private func pass(to other: Self) -> Bool {
        guard let bytes = receive(within: .zero), !bytes.isEmpty else { return false }
        return other.write(bytes)
    }

    private func write(_ bytes: Data) -> Bool {
        var rest = bytes
        while !rest.isEmpty {
            guard let count = send(rest) else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    private func isReadable(or other: Self) -> (mine: Bool, theirs: Bool)? {
        var entries = [self, other].map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
        guard unsafe poll(&entries, 2, 60_000) > 0 else { return nil }
        return (entries[0].revents != 0, entries[1].revents != 0)
    }
}
