#if os(Linux)
internal import Foundation
internal import LibcurlLoader

/// The thread that carries every transfer of the process; it sleeps while there is none.
final class LibcurlDriver: Sendable {
    private enum Command {
        case start(LibcurlHandle)
        case cancel(LibcurlTransfer)
        case resume(LibcurlTransfer)
    }

    private struct State {
        var commands: [Command] = []
        /// Whether the thread waits, or is about to: only then is it woken up, which costs two system calls.
        var isWaiting = false
        var isStopping = false
    }

    private static let processEnds = Locked(false)
    /// Whether the process ends.
    static var isStopping: Bool { processEnds.withLock(\.self) }
    private static let shared = Locked<(driver: LibcurlDriver, process: Int32)?>(nil)
    private let state = Locked(State())
    private let hasStopped = DispatchSemaphore(value: 0)
    /// The address of libcurl's multi handle: only its wake-up is called from other threads.
    private let multi: UInt

    /// The driver of this process; a forked child has one of its own.
    ///
    /// - Throws: ``WireFailure`` if the system has no descriptors or memory for one.
    static func current() throws -> LibcurlDriver {
        try shared.withLock { shared in
            let process = getpid()
            if let shared, shared.process == process { return shared.driver }
            let driver = try LibcurlDriver()
            // Before OpenSSL cleans up, which it does in an exit handler that was registered earlier.
            if shared == nil { atexit { LibcurlDriver.shared.withLock(\.self)?.driver.stop() } }
            shared = (driver, process)
            return driver
        }
    }

    private init() throws {
        let message = "The system has no descriptors or memory for connections; nothing was sent."
        let failure = WireFailure(.notConnected, mayHaveArrived: false, message: message)
        guard let multi = unsafe libcurl().pointee.multi_init() else { throw failure }
        // Without descriptors for its wake-up, libcurl makes a handle that can't be woken up.
        guard unsafe libcurl().pointee.multi_wakeup(multi) == 0 else {
            _ = unsafe libcurl().pointee.multi_cleanup(multi)
            throw failure
        }
        _ = unsafe libcurl_set_multi(multi, Libcurl.MultiOption.maximumKeptConnections, 256)
        // In 7.88, HTTP/2 requests that share a connection can wait for responses that libcurl has already read.
        _ = unsafe libcurl_set_multi(multi, Libcurl.MultiOption.pipelining, 0)
        self.multi = UInt(bitPattern: multi)
        let thread = Thread { self.run() }
        thread.start()
    }

    func start(_ handle: LibcurlHandle) { send(.start(handle)) }
    func cancel(_ transfer: LibcurlTransfer) { send(.cancel(transfer)) }
    func resume(_ transfer: LibcurlTransfer) { send(.resume(transfer)) }

    private func send(_ command: Command) {
        let wasWaiting = state.withLock { state in
            state.commands.append(command)
            defer { state.isWaiting = false }
            return state.isWaiting
        }
        if wasWaiting { wakeUp() }
    }

    /// Ends the thread, wherever its transfers are; waits a second at most.
    private func stop() {
        guard getpid() == Self.shared.withLock({ $0?.process }) else { return }
        Self.processEnds.withLock { $0 = true }
        state.withLock { $0.isStopping = true }
        wakeUp()
        _ = hasStopped.wait(timeout: .now() + 1)
    }

    private func wakeUp() {
        if let multi = unsafe UnsafeMutableRawPointer(bitPattern: multi) {
            _ = unsafe libcurl().pointee.multi_wakeup(multi)
        }
    }

    private func run() {
        guard let multi = unsafe UnsafeMutableRawPointer(bitPattern: multi) else { return }
        // At most 15 bytes, and from the thread itself: Linux shows no other name.
        Thread.current.name = "OAuth.libcurl"
        Self.blockBrokenPipeSignal()
        var loop = unsafe LibcurlLoop(multi)
        var commands: [Command] = []
        while takeCommands(&commands) {
            for command in commands {
                switch command {
                case .start(let handle): loop.start(handle)
                case .cancel(let transfer): loop.cancel(transfer)
                case .resume(let transfer): loop.resume(transfer)
                }
            }
            loop.perform()
            loop.expire()
            if mayWait() { loop.wait() }
        }
        hasStopped.signal()
        // The process ends. Freeing transfers would wait for look-ups, and use OpenSSL, which is being cleaned up.
        withExtendedLifetime(loop) { while true { pause() } }
    }

    /// A write to a connection that the server has closed fails instead of ending the process: before 7.87, libcurl lets OpenSSL
    /// write in a way that raises the signal.
    private static func blockBrokenPipeSignal() {
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        unsafe sigaddset(&signals, SIGPIPE)
        unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
    }

    /// Takes the commands that have arrived.
    ///
    /// - Returns: `false` if the thread has to end.
    private func takeCommands(_ commands: inout [Command]) -> Bool {
        commands.removeAll(keepingCapacity: true)
        return state.withLock { state in
            state.isWaiting = false
            if !state.isStopping { swap(&state.commands, &commands) }
            return !state.isStopping
        }
    }

    /// Whether nothing has arrived meanwhile; whatever arrives from now on wakes up the thread.
    private func mayWait() -> Bool {
        state.withLock { state in
            state.isWaiting = state.commands.isEmpty && !state.isStopping
            return state.isWaiting
        }
    }
}
#endif
