/// What a session holds under its lock: the machine, and the callers and tasks that belong to it.
struct SessionCore: Sendable {
    /// The task that wakes the machine, and when.
    struct Alarm: Sendable {
        let instant: SessionInstant
        let task: Task<Void, Never>
    }

    typealias Continuation = CheckedContinuation<SessionMachine.Decision.Answer, any Error>

    var machine: SessionMachine
    var continuations: [Waiters.ID: Continuation] = [:]
    /// The operations whose steps are performed; a second one while the first releases the store's lock.
    var runs: [Operation.ID: OperationRun] = [:]
    var alarm: Alarm?
    /// The credentials of the last operation.
    var credentials: ClientCredentials?
    /// Those who are told that there may be something else to keep up.
    var upkeepListeners: [UInt64: AsyncStream<Void>.Continuation] = [:]
    /// Those who listen to events; `nil` if nobody ever did.
    private(set) var hub: EventHub?

    private var ids: UInt64 = 0
    /// How many tasks the session has started.
    private(set) var startedTasks = 0

    init(_ machine: SessionMachine) {
        self.machine = machine
    }

    mutating func openHub() -> EventHub {
        let hub = hub ?? EventHub()
        self.hub = hub
        return hub
    }

    mutating func nextID() -> UInt64 {
        ids += 1
        return ids
    }

    /// Starts a task that belongs to the session and not to the caller who happened to be first; the only place that does.
    mutating func start(_ body: @escaping @Sendable @concurrent () async -> Void) -> Task<Void, Never> {
        startedTasks += 1
        return Task.detached(operation: body)
    }
}
