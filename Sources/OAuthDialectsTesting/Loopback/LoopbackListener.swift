internal import Foundation
internal import OAuthDialects

/// The listening socket, the thread that accepts, and the connections it has accepted.
final class LoopbackListener: Sendable {
    private struct State {
        var isStopped = false
        var connections: [Int: LoopbackConnection] = [:]
    }

    let url: URL
    let record = LoopbackRecord()
    private let socket: LoopbackSocket
    private let host: String
    private let port: Int
    private let limits: LoopbackLimits
    private let script: LoopbackScript
    private let state = Locked(State())

    init(_ host: String, _ port: Int, _ limits: LoopbackLimits, _ script: @escaping LoopbackScript) throws {
        let host = host == "localhost" ? "127.0.0.1" : host
        let authority = host.contains(":") ? "[\(host)]" : host
        guard let root = URL(string: "http://\(authority)"), try Origin(of: root).isLoopback else {
            throw LoopbackFailure("\(host) is not a loopback address", EADDRNOTAVAIL)
        }
        socket = try .listening(on: host, port: port)
        self.host = host
        self.port = socket.port
        self.limits = limits
        self.script = script
        url = URL(string: "http://\(authority):\(socket.port)")!
    }

    func start() {
        Thread.detachNewThread { self.accept() }
    }

    func stop() {
        let connections = state.withLock { state in
            let isFirst = !state.isStopped
            state.isStopped = true
            return isFirst ? Array(state.connections.values) : nil
        }
        guard let connections else { return }
        for connection in connections { connection.stop() }
        LoopbackSocket.knock(on: host, port: port)
    }

    private func accept() {
        while !state.withLock({ $0.isStopped }) {
            guard let accepted = socket.accept() else {
                // Most likely the process is out of descriptors, and others will be closed.
                Thread.sleep(forTimeInterval: 0.01)
                continue
            }
            serve(accepted)
        }
        socket.close()
        record.update { $0.isListening = false }
    }

    private func serve(_ accepted: LoopbackSocket) {
        let connection = state.withLock { state -> LoopbackConnection? in
            guard !state.isStopped, state.connections.count < limits.maximumConnections else { return nil }
            let id = record.update { $0.accept() }
            let connection = LoopbackConnection(
                id,
                accepted,
                record,
                limits,
                origin: url.absoluteString,
                reply: script
            )
            state.connections[id] = connection
            return connection
        }
        guard let connection else { return accepted.close() }
        Thread.detachNewThread {
            connection.run()
            self.state.withLock { $0.connections[connection.id] = nil }
        }
    }
}
