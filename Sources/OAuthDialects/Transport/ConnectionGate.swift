/// Limits the concurrent requests, to each origin and in total.
///
/// Requests to one origin start in FIFO order; an origin at its limit does not delay other origins. Some of the connections are
/// reserved for token requests, so that API requests can't prevent a renewal.
package final class ConnectionGate: Sendable {
    /// How many requests may run at once.
    package struct Limits: Sendable {
        package var perOrigin: Int
        package var total: Int

        package init(perOrigin: Int, total: Int) { (self.perOrigin, self.total) = (max(2, perOrigin), max(2, total)) }

        /// The share reserved for token requests: an eighth, and at least one.
        fileprivate func forAPI(_ limit: Int) -> Int { limit - max(1, limit / 8) }
    }

    /// The requests of one kind to one origin.
    private struct Group: Hashable {
        let origin: Origin
        let isToken: Bool

        var others: Group { Group(origin: origin, isToken: !isToken) }
    }

    /// Waiting requests; cancelled ones are skipped.
    private struct Queue {
        var arrivals: ArraySlice<UInt64> = []
        /// Whether the group is in the list of ready groups.
        var isReady = false
    }

    private struct State {
        var active: [Group: Int] = [:]
        var total = 0
        var apiTotal = 0
        var arrivals: UInt64 = 0
        var queues: [Group: Queue] = [:]
        var waiting: [UInt64: CheckedContinuation<Void, any Error>] = [:]
        /// The groups that may have a free connection, by their first arrivals; scanning all groups is slow with many origins.
        var readyForTokens = DeadlineHeap<Group>()
        var readyForAPI = DeadlineHeap<Group>()
    }

    private let limits: Limits
    private let clock: any SessionClock
    private let state = Locked(State())

    package init(_ limits: Limits, clock: any SessionClock = .system) {
        self.limits = limits
        self.clock = clock
    }

    /// The numbers of running and of waiting requests.
    package var load: (active: Int, waiting: Int) { state.withLock { ($0.total, $0.waiting.count) } }

    /// Waits until a request may start, and counts it; call ``leave(_:isToken:)`` when it has ended.
    ///
    /// - Returns: `false` if the wait took longer than the timeout.
    /// - Throws: `CancellationError` if the task is cancelled first.
    package func enter(_ origin: Origin, isToken: Bool, within timeout: Duration) async throws -> Bool {
        let group = Group(origin: origin, isToken: isToken)
        let id = state.withLock { state -> UInt64? in
            if hasRoom(group, state), state.queues.isEmpty || state.queues[group] == nil {
                Self.count(group, in: &state, by: 1)
                return nil
            }
            state.arrivals += 1
            return state.arrivals
        }
        guard let id else { return true }
        do {
            try await wait(id, group, until: clock.now + timeout)
            return true
        } catch is GateTimeout { return false }
    }

    /// Starts the next request.
    package func leave(_ origin: Origin, isToken: Bool) {
        let admitted = state.withLock { state -> [CheckedContinuation<Void, any Error>] in
            let group = Group(origin: origin, isToken: isToken)
            Self.count(group, in: &state, by: -1)
            if state.queues.isEmpty { return [] }
            makeReady(group, &state)
            makeReady(group.others, &state)
            return admit(&state)
        }
        for continuation in admitted { continuation.resume() }
    }

    private struct GateTimeout: Error {}

    private func wait(_ id: UInt64, _ group: Group, until deadline: SessionInstant) async throws {
        let timer = Task.detached { [clock] in
            guard (try? await clock.sleep(until: deadline)) != nil else { return }
            self.remove(id)?.resume(throwing: GateTimeout())
        }
        defer { timer.cancel() }
        try await withCancellableContinuation { continuation in
            // The timer may have fired already.
            if clock.now >= deadline { return .failure(GateTimeout()) }
            let admitted = state.withLock { state -> [CheckedContinuation<Void, any Error>]? in
                if Task.isCancelled { return nil }
                state.waiting[id] = continuation
                state.queues[group, default: Queue()].arrivals.append(id)
                makeReady(group, &state)
                return admit(&state)
            }
            guard let admitted else { return .failure(CancellationError()) }
            for continuation in admitted { continuation.resume() }
            return nil
        } remove: {
            self.remove(id)
        }
    }

    private func remove(_ id: UInt64) -> CheckedContinuation<Void, any Error>? {
        state.withLock { $0.waiting.removeValue(forKey: id) }
    }

    /// Removes the requests that may start now, in the order of their arrival.
    private func admit(_ state: inout State) -> [CheckedContinuation<Void, any Error>] {
        var admitted: [CheckedContinuation<Void, any Error>] = []
        while let group = removeReady(&state) {
            state.queues[group]?.isReady = false
            // A group at its limit becomes ready again when a request to its origin ends.
            guard hasRoom(group, state), let id = state.queues[group]?.arrivals.popFirst() else { continue }
            if state.queues[group]?.arrivals.isEmpty == true { state.queues[group] = nil }
            if let continuation = state.waiting.removeValue(forKey: id) {
                Self.count(group, in: &state, by: 1)
                admitted.append(continuation)
            }
            makeReady(group, &state)
        }
        return admitted
    }

    /// Removes the group whose request arrived first, if the total limit allows another request of its kind.
    private func removeReady(_ state: inout State) -> Group? {
        if state.total >= limits.total { return nil }
        let token = state.readyForTokens.first
        let api = state.apiTotal < limits.forAPI(limits.total) ? state.readyForAPI.first : nil
        if let token, api.map({ token < $0 }) ?? true { return state.readyForTokens.removeNext(at: token) }
        return api.flatMap { state.readyForAPI.removeNext(at: $0) }
    }

    private func makeReady(_ group: Group, _ state: inout State) {
        guard let queue = state.queues[group], !queue.isReady, let first = queue.arrivals.first else { return }
        state.queues[group]?.isReady = true
        let place = SessionInstant(nanoseconds: Int64(first))
        if group.isToken {
            state.readyForTokens.add(group, id: first, until: place)
        } else {
            state.readyForAPI.add(group, id: first, until: place)
        }
    }

    private func hasRoom(_ group: Group, _ state: State) -> Bool {
        let own = state.active[group] ?? 0
        let isOriginFull = own + (state.active[group.others] ?? 0) >= limits.perOrigin
        if isOriginFull || state.total >= limits.total { return false }
        return group.isToken || (own < limits.forAPI(limits.perOrigin) && state.apiTotal < limits.forAPI(limits.total))
    }

    private static func count(_ group: Group, in state: inout State, by change: Int) {
        let active = (state.active[group] ?? 0) + change
        state.active[group] = active == 0 ? nil : active
        state.total += change
        if !group.isToken { state.apiTotal += change }
    }
}
