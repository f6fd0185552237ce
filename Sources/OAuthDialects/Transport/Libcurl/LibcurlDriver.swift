#if os(Linux) && URLSession
internal import Foundation
internal import LibcurlLoader
internal import Synchronization

/// The thread that carries every transfer of the process; it sleeps while there is none.
///
/// A caller that finds it asleep begins its transfer itself, so that the request is on its way before the thread is awake.
final class LibcurlDriver: Sendable {
    private enum Command {
        case start(LibcurlHandle)
        case cancel(LibcurlTransfer)
        case resume(LibcurlTransfer)
    }

    /// What the thread does, or is about to do.
    private enum Activity {
        /// There is no transfer; a semaphore wakes it up.
        case sleeping
        /// It waits for bytes; libcurl wakes it up, which costs two system calls.
        case waiting
        /// It looks for commands before it sleeps or waits.
        case working
    }

    private struct State {
        var commands: [Command] = []
        var activity = Activity.sleeping
        var isStopping = false
    }

    private static let processEnds = Locked(false)
    /// Whether the process ends.
    static var isStopping: Bool { processEnds.withLock(\.self) }
    /// The driver of the process that loaded libcurl, which every request asks for.
    private static let first = AtomicLazyReference<LibcurlDriver>()
    private static let shared = Locked<LibcurlDriver?>(nil)
    private let process = getpid()
    private let state = Locked(State())
    private let hasStopped = DispatchSemaphore(value: 0)
    private let hasWork = DispatchSemaphore(value: 0)
    /// The thread holds it except while it sleeps.
    private let loop: Locked<LibcurlLoop>
    /// The address of libcurl's multi handle: only its wake-up is called from other threads.
    private let multi: UInt

    /// The driver of this process; a forked child has one of its own.
    ///
    /// - Throws: ``WireFailure`` if the system has no descriptors or memory for one.
    static func current() throws -> LibcurlDriver {
        let process = getpid()
        if let first = first.load(), first.process == process { return first }
        return try shared.withLock { shared in
            if let shared, shared.process == process { return shared }
            let driver = try LibcurlDriver()
            // Before OpenSSL cleans up, which it does in an exit handler that was registered earlier.
            if shared == nil { atexit { LibcurlDriver.shared.withLock(\.self)?.stop() } }
            shared = driver
            _ = first.storeIfNil(driver)
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
        loop = unsafe Locked(LibcurlLoop(multi))
        let thread = Thread { self.run() }
        thread.start()
    }

    /// Starts a transfer, on this thread if the other one sleeps.
    func start(_ handle: LibcurlHandle) {
        let isFree = state.withLock { state in
            // Before 7.87, libcurl lets OpenSSL write in a way that raises a signal, which the driver's thread alone blocks.
            guard state.activity == .sleeping, !handle.transfer.security.mayRaiseSignals else { return false }
            state.activity = .working
            return true
        }
        guard isFree else { return send(.start(handle)) }
        loop.withLock { loop in
            loop.start(handle)
            loop.perform()
        }
        hasWork.signal()
    }

    func cancel(_ transfer: LibcurlTransfer) { send(.cancel(transfer)) }
    func resume(_ transfer: LibcurlTransfer) { send(.resume(transfer)) }

    private func send(_ command: Command) {
        wakeUp { $0.commands.append(command) }
    }

    private func wakeUp(_ change: (inout State) -> Void) {
        let activity = state.withLock { state in
            change(&state)
            defer { state.activity = .working }
            return state.activity
        }
        switch activity {
        case .sleeping: hasWork.signal()
        case .waiting:
            if let multi = unsafe UnsafeMutableRawPointer(bitPattern: multi) {
                _ = unsafe libcurl().pointee.multi_wakeup(multi)
            }
        case .working: break
        }
    }

    /// Ends the thread, wherever its transfers are; waits a second at most.
    private func stop() {
        guard getpid() == process else { return }
        Self.processEnds.withLock { $0 = true }
        wakeUp { $0.isStopping = true }
        _ = hasStopped.wait(timeout: .now() + 1)
    }

    private func run() {
        // At most 15 bytes, and from the thread itself: Linux shows no other name.
        Thread.current.name = "OAuth.libcurl"
        Self.blockBrokenPipeSignal()
        repeat { hasWork.wait() } while loop.withLock({ carry(&$0) })
        hasStopped.signal()
        // The process ends. Freeing transfers would wait for look-ups, and use OpenSSL, which is being cleaned up.
        while true { pause() }
    }

    /// Carries transfers until there is none.
    ///
    /// - Returns: `false` if the thread has to end.
    private func carry(_ loop: inout LibcurlLoop) -> Bool {
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
            switch rest(isIdle: loop.isIdle) {
            case .sleeping: return true
            case .waiting: loop.wait()
            case .working: break
            }
        }
        return false
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
            state.activity = .working
            if !state.isStopping { swap(&state.commands, &commands) }
            return !state.isStopping
        }
    }

    /// What the thread does now; whatever arrives from now on wakes it up.
    private func rest(isIdle: Bool) -> Activity {
        state.withLock { state in
            if state.commands.isEmpty, !state.isStopping { state.activity = isIdle ? .sleeping : .waiting }
            return state.activity
        }
    }
}
#endif
