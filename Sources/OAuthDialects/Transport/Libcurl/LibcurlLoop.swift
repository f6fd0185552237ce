#if os(Linux) && URLSession
internal import LibcurlLoader

/// The transfers in progress.
@safe
struct LibcurlLoop {
    private struct Active {
        let handle: LibcurlHandle
        /// The number of the transfer's deadline.
        var timer: UInt64 = 0
        /// Whether it got another turn after its deadline.
        var isOverdue = false
    }

    private let multi: UnsafeMutableRawPointer
    private var active: [ObjectIdentifier: Active] = [:]
    /// Transfers by their deadlines.
    private var deadlines = DeadlineHeap<ObjectIdentifier>()
    private var timers: UInt64 = 0
    private let clock = SystemClock()

    init(_ multi: UnsafeMutableRawPointer) { unsafe self.multi = multi }

    var isIdle: Bool { active.isEmpty }

    mutating func start(_ handle: LibcurlHandle) {
        let transfer = handle.transfer
        if transfer.hasEnded { return }
        guard clock.now < transfer.deadline else {
            return transfer.end(.failure(.late(transfer.origin, mayHaveArrived: false)))
        }
        active[ObjectIdentifier(transfer)] = Active(handle: handle)
        watch(transfer, until: transfer.deadline)
        _ = unsafe libcurl().pointee.multi_add_handle(multi, handle.easy)
    }

    /// Ends a transfer whose caller has left.
    ///
    /// While its host's name is being looked up it stays: to remove it would block every other transfer until the look-up has
    /// ended. It makes no connection then.
    mutating func cancel(_ transfer: LibcurlTransfer) {
        guard let transferring = active[ObjectIdentifier(transfer)] else { return }
        _ = deadlines.remove(transferring.timer)
        if !transfer.isResolving { remove(transferring.handle) }
    }

    /// Goes on with a transfer whose reader has room again.
    func resume(_ transfer: LibcurlTransfer) {
        guard let handle = active[ObjectIdentifier(transfer)]?.handle else { return }
        _ = unsafe libcurl().pointee.easy_pause(handle.easy, 0)
    }

    /// Moves every transfer as far as it gets without waiting.
    mutating func perform() {
        var count: Int32 = 0
        _ = unsafe libcurl().pointee.multi_perform(multi, &count)
        while let message = unsafe libcurl().pointee.multi_info_read(multi, &count) {
            // The only kind of message: a transfer has ended.
            guard unsafe message.pointee.kind == 1 else { continue }
            let (easy, code) = unsafe (message.pointee.easy, message.pointee.data.result)
            let transfer = unsafe LibcurlHandle.transfer(of: easy)
            if let ended = active[ObjectIdentifier(transfer)] { finish(ended, code) }
        }
    }

    /// Ends the transfers whose time is over.
    ///
    /// After the process was stopped for a while, what has arrived meanwhile gets one more turn.
    mutating func expire() {
        let now = clock.now
        for id in deadlines.removeDue(at: now) {
            guard let due = active[id] else { continue }
            let transfer = due.handle.transfer
            if let later = transfer.laterDeadline(at: now) {
                watch(transfer, until: later)
            } else if now > transfer.deadline + .milliseconds(500), !due.isOverdue {
                active[id]?.isOverdue = true
                watch(transfer, until: now + .milliseconds(100))
            } else {
                transfer.end(.failure(.late(transfer.origin, mayHaveArrived: due.handle.hasSent)))
                cancel(transfer)
            }
        }
    }

    /// Waits for bytes, for a deadline, or to be woken up.
    func wait() {
        let wait = deadlines.first.map { max(.zero, $0 - clock.now) } ?? .seconds(60)
        let milliseconds = Int32(min(wait, .seconds(60)) / .milliseconds(1)) + 1
        _ = unsafe libcurl().pointee.multi_poll(multi, nil, 0, milliseconds, nil)
    }

    private mutating func finish(_ ended: Active, _ code: Int32) {
        let transfer = ended.handle.transfer
        _ = deadlines.remove(ended.timer)
        remove(ended.handle)
        if let response = transfer.response, code == 0 || transfer.isCutOff {
            transfer.end(.success(response))
        } else {
            transfer.end(.failure(WireFailure(code, of: transfer, ended.handle)))
        }
    }

    private mutating func watch(_ transfer: LibcurlTransfer, until deadline: SessionInstant) {
        timers += 1
        active[ObjectIdentifier(transfer)]?.timer = timers
        deadlines.add(ObjectIdentifier(transfer), id: timers, until: deadline)
    }

    private mutating func remove(_ handle: LibcurlHandle) {
        _ = unsafe libcurl().pointee.multi_remove_handle(multi, handle.easy)
        active[ObjectIdentifier(handle.transfer)] = nil
    }
}
#endif
