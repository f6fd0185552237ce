import Foundation
import Synchronization

/// Carries TCP connections to another address, and cuts them where it is told to.
public final class Forwarder: Sendable {
    /// When a connection is cut that carries a statement.
    public enum Cut: String, Sendable, CaseIterable {
        /// Before the server has seen any of it.
        case unsent

        /// When the server has seen half of it.
        case halfway

        /// When the server has done it, before its answer has come back.
        case answerLost
    }

    private struct State {
        var cuts: [(marker: [UInt8], cut: Cut)] = []
        var made = 0
        var isSilent = false
        var open: [ObjectIdentifier: [Socket]] = [:]
    }

    private let listener: Socket
    private let target: (host: String, port: Int)
    private let state = Mutex(State())

    /// Listens on an address, on a port that is free unless told, and carries what comes to another.
    public init(on host: String = "127.0.0.1", _ port: Int = 0, to target: String, _ targetPort: Int) throws {
        listener = try Socket.listening(on: host, port)
        self.target = (host: target, port: targetPort)
        Thread.detachNewThread { [weak self, listener] in
            while let client = listener.accepted() {
                guard let self else { return }
                Thread.detachNewThread { self.carry(client) }
            }
        }
    }

    deinit { listener.end() }

    public var port: Int { listener.port }

    /// How many connections it carries now.
    public var connections: Int { state.withLock { $0.open.count } }

    /// How many connections were cut as told.
    public var cutsMade: Int { state.withLock { $0.made } }

    /// Cuts the next connection that sends something with these words in it.
    public func cut(_ cut: Cut, at marker: String) {
        state.withLock { $0.cuts.append((marker: Array(marker.utf8), cut: cut)) }
    }

    /// Swallows everything that is sent from now on, or carries it again.
    public func isSilent(_ isSilent: Bool) {
        state.withLock { $0.isSilent = isSilent }
        if !isSilent { endAll() }
    }

    /// Ends every connection.
    public func endAll() {
        for socket in state.withLock({ $0.open.values.flatMap { $0 } }) { socket.end() }
    }

    private func carry(_ client: Socket) {
        guard let server = try? Socket.connected(to: target.host, target.port) else { return client.end() }
        let id = ObjectIdentifier(client)
        state.withLock { $0.open[id] = [client, server] }
        let answers = Answers()
        Thread.detachNewThread { [self] in
            while let bytes = server.received() {
                if state.withLock({ $0.isSilent }) { continue }
                guard answers.areCarried, client.send(bytes) else { break }
            }
            client.end()
            server.end()
        }
        while let bytes = client.received() {
            if state.withLock({ $0.isSilent }) { continue }
            guard let cut = nextCut(in: bytes) else {
                guard server.send(bytes) else { break }
                continue
            }
            if cut != .unsent {
                answers.lose()
                _ = server.send(cut == .halfway ? bytes.prefix(bytes.count / 2) : bytes[...])
                // The other thread ends this one as soon as the answer is there; half a statement has none.
                if cut == .answerLost { _ = client.received() }
            }
            break
        }
        client.end()
        server.end()
        state.withLock { _ = $0.open.removeValue(forKey: id) }
    }

    private func nextCut(in bytes: [UInt8]) -> Cut? {
        state.withLock { state in
            guard let index = state.cuts.firstIndex(where: { bytes.firstRange(of: $0.marker) != nil }) else {
                return nil
            }
            state.made += 1
            return state.cuts.remove(at: index).cut
        }
    }
}

/// Whether what the server says still reaches the client.
private final class Answers: Sendable {
    private let state = Mutex(true)

    var areCarried: Bool { state.withLock { $0 } }

    func lose() { state.withLock { $0 = false } }
}
