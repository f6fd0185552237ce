internal import Foundation
internal import OAuthDialects

/// One connection, served by its own thread.
final class LoopbackConnection: Sendable {
    private struct State {
        var isOpen = true
        var isStopped = false
        var waiting: (task: Task<Void, Never>, semaphore: DispatchSemaphore)?
    }

    let id: Int
    private let socket: LoopbackSocket
    private let record: LoopbackRecord
    private let limits: LoopbackLimits
    private let origin: String
    private let reply: LoopbackScript
    private let state = Locked(State())

    init(
        _ id: Int,
        _ socket: LoopbackSocket,
        _ record: LoopbackRecord,
        _ limits: LoopbackLimits,
        origin: String,
        reply: @escaping LoopbackScript
    ) {
        self.id = id
        self.socket = socket
        self.record = record
        self.limits = limits
        self.origin = origin
        self.reply = reply
    }

    /// Serves until either side ends the connection.
    func run() {
        var reader = LoopbackRequestReader(socket, limits, origin: origin)
        while true {
            switch reader.next() {
            case .end(let byPeer):
                end(byPeer: byPeer)
                return
            case .refusal(let status):
                _ = write(LoopbackAnswer.bytes(of: WireResponse(status: status), closes: true))
                end(byPeer: false)
                return
            case .request(let request, let keepsConnection):
                guard serve(request, keepsConnection) else { return }
            }
        }
    }

    /// Performs the script's reply; `false` if the connection has ended.
    private func serve(_ request: WireRequest, _ keepsConnection: Bool) -> Bool {
        record.update { facts in
            facts.requests += 1
            facts.change(id) { $0.requests += 1 }
        }
        guard let reply = answer(to: request) else { return end(byPeer: false) }
        let closes = !keepsConnection && !reply.ignoresClose
        for step in reply.steps {
            guard perform(step, toHead: request.method == "HEAD", closes) else { return false }
        }
        return closes ? end(byPeer: false) : true
    }

    /// Ends the connection from another thread; ``run()`` returns soon after.
    func stop() {
        state.withLock { state in
            state.isStopped = true
            state.waiting?.task.cancel()
            state.waiting?.semaphore.signal()
            if state.isOpen { socket.shutDown() }
        }
    }

    /// Runs the handler on Swift's thread pool while this thread waits.
    private func answer(to request: WireRequest) -> LoopbackReply? {
        let answer = Locked<LoopbackReply?>(nil)
        let semaphore = DispatchSemaphore(value: 0)
        let reply = reply
        let task = Task.detached {
            let made = await reply(request)
            answer.withLock { $0 = made }
            semaphore.signal()
        }
        let isStopped = state.withLock { state in
            state.waiting = (task, semaphore)
            return state.isStopped
        }
        if isStopped { task.cancel() } else { semaphore.wait() }
        state.withLock { $0.waiting = nil }
        return answer.withLock { $0 }
    }

    /// Performs one step; `false` if the connection has ended.
    private func perform(_ step: LoopbackReply.Step, toHead: Bool, _ closes: Bool) -> Bool {
        switch step {
        case .response(let response):
            guard write(LoopbackAnswer.bytes(of: response, toHead: toHead, closes: closes)) else { return false }
            return response.headers["Connection"]?.lowercased() == "close" ? end(byPeer: false) : true
        case .bytes(let bytes):
            return write(bytes)
        case .fill(let count, let pause):
            let chunk = Data(repeating: UInt8(ascii: "x"), count: 16 * 1024)
            return write(chunk, count, pause)
        case .drip(let bytes, let pause):
            return bytes.allSatisfy { write(Data([$0])) && wait(pause) }
        case .hang:
            _ = wait(.seconds(Int32.max / 1000))
            return end(byPeer: true)
        case .relay(let port):
            socket.relay(toPort: port)
            return end(byPeer: true)
        case .close:
            return end(byPeer: false)
        case .reset:
            return end(byPeer: false, resetting: true)
        }
    }

    private func write(_ chunk: Data, _ count: Int, _ pause: Duration) -> Bool {
        var left = count
        while left > 0 {
            guard write(chunk.prefix(left)), pause == .zero || wait(pause) else { return false }
            left -= min(left, chunk.count)
        }
        return true
    }

    private func write(_ bytes: Data) -> Bool {
        var rest = bytes
        while !rest.isEmpty {
            guard let count = socket.send(rest) else { return end(byPeer: true) }
            rest = rest.dropFirst(count)
            record.update { $0.change(id) { $0.bytesWritten += count } }
        }
        return true
    }

    private func wait(_ pause: Duration) -> Bool {
        socket.isLeft(within: pause) ? end(byPeer: true) : true
    }

    @discardableResult
    private func end(byPeer: Bool, resetting: Bool = false) -> Bool {
        let isStopped = state.withLock { state in
            // Closed under the lock, so that `stop()` can't shut down a reused descriptor.
            if state.isOpen { resetting ? socket.reset() : socket.close() }
            state.isOpen = false
            return state.isStopped
        }
        record.update { facts in
            facts.change(id) {
                $0.isOpen = false
                $0.isClosedByPeer = byPeer && !isStopped
            }
        }
        return false
    }
}
