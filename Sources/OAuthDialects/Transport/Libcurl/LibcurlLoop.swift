#if os(Linux)
internal import LibcurlLoader

/// The transfers in progress; used on the driver's thread alone.
@safe
struct LibcurlLoop {
    private let multi: UnsafeMutableRawPointer
    private var active: [ObjectIdentifier: LibcurlHandle] = [:]
    /// Transfers by their deadlines.
    private var deadlines = DeadlineHeap<ObjectIdentifier>()
    private var timers: UInt64 = 0
    private let clock = SystemClock()

    init(_ multi: UnsafeMutableRawPointer) { unsafe self.multi = multi }

    mutating func start(_ transfer: LibcurlTransfer) {
        if transfer.hasEnded { return }
        guard let handle = LibcurlHandle(transfer) else {
            let message = "The system has no memory for a request to \(transfer.origin)."
            return transfer.end(.failure(WireFailure(.notConnected, mayHaveArrived: false, message: message)))
        }
        active[ObjectIdentifier(transfer)] = handle
        watch(handle, until: transfer.deadline)
        _ = unsafe libcurl().pointee.multi_add_handle(multi, handle.easy)
    }

    /// Ends a transfer whose caller has left.
    ///
    /// While its host's name is being looked up it stays: to remove it would block every other transfer until the look-up has
    /// ended. It makes no connection then.
    mutating func cancel(_ transfer: LibcurlTransfer) {
        guard let handle = active[ObjectIdentifier(transfer)] else { return }
        _ = deadlines.remove(handle.timer)
        if !transfer.isResolving { remove(handle) }
    }

    /// Goes on with a transfer whose reader has room again.
    func resume(_ transfer: LibcurlTransfer) {
        if let handle = active[ObjectIdentifier(transfer)] { _ = unsafe libcurl().pointee.easy_pause(handle.easy, 0) }
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
            if let handle = active[ObjectIdentifier(transfer)] { finish(handle, code) }
        }
    }

    /// Ends the transfers whose time is over.
    ///
    /// After the process was stopped for a while, what has arrived meanwhile gets one more turn.
    mutating func expire() {
        let now = clock.now
        for id in deadlines.removeDue(at: now) {
            guard let handle = active[id] else { continue }
            let transfer = handle.transfer
            if let later = transfer.laterDeadline(at: now) {
                watch(handle, until: later)
            } else if now > transfer.deadline + .milliseconds(500), !handle.isOverdue {
                handle.isOverdue = true
                watch(handle, until: now + .milliseconds(100))
            } else {
                transfer.end(.failure(.late(transfer.origin, mayHaveArrived: handle.hasSent)))
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

    private mutating func finish(_ handle: LibcurlHandle, _ code: Int32) {
        let transfer = handle.transfer
        if let response = transfer.response, code == 0 || transfer.isCutOff {
            transfer.end(.success(response))
        } else {
            transfer.end(.failure(WireFailure(code, of: transfer, handle)))
        }
        _ = deadlines.remove(handle.timer)
        remove(handle)
    }

    private mutating func watch(_ handle: LibcurlHandle, until deadline: SessionInstant) {
        timers += 1
        handle.timer = timers
        deadlines.add(ObjectIdentifier(handle.transfer), id: timers, until: deadline)
    }

    private mutating func remove(_ handle: LibcurlHandle) {
        _ = unsafe libcurl().pointee.multi_remove_handle(multi, handle.easy)
        active[ObjectIdentifier(handle.transfer)] = nil
    }
}
#endif
