internal import Foundation

/// A port of 127.0.0.1 whose server accepts nothing and whose queue is full: the system drops each further attempt to connect.
package final class LoopbackFullPort: Sendable {
    package let port: Int
    private let sockets: [LoopbackSocket]

    /// - Throws: ``LoopbackFailure`` if the queue can't be filled.
    package init() throws {
        let server = try LoopbackSocket.listening(on: "127.0.0.1", port: 0, backlog: 0)
        var sockets = [server]
        var isFull = false
        while !isFull, sockets.count < 300 {
            let (socket, isConnected) = try LoopbackSocket.connecting(to: server.port, within: .milliseconds(20))
            sockets.append(socket)
            isFull = !isConnected
        }
        (port, self.sockets) = (server.port, sockets)
        guard isFull else { throw LoopbackFailure("fill the queue of a port", EAGAIN) }
    }

    deinit {
        for socket in sockets { socket.close() }
    }
}
