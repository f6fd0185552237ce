/// What a session holds under its lock: the machine, and the callers, tasks, and listeners that belong to it.
struct SessionCore: Sendable {
    typealias Continuation = CheckedContinuation<SessionMachine.Decision.Answer, any Error>

    var machine: SessionMachine
    var continuations: [Waiters.ID: Continuation] = [:]
    /// The operations whose steps are performed; two while the first releases the store's lock.
    var runs: [Operation.ID: OperationRun] = [:]
    /// The task that wakes the machine, and when.
    var alarm: (instant: SessionInstant, task: Task<Void, Never>)?
    /// The credentials of the last operation.
    var credentials: ClientCredentials?
    /// Resumed when upkeep may have something else to do.
    var upkeepListeners: [UInt64: AsyncStream<Void>.Continuation] = [:]
    /// The states of the sign-ins that were finished last: a code is sent once.
    private var finishedSignIns: [Secret] = []
    /// Whether it was said that the transport is not the platform's first choice.
    var isFallbackReported = false
    /// `nil` if nobody ever listened to events.
    var hub: EventHub?
    private var ids: UInt64 = 0
    /// How many tasks the session has started.
    private(set) var startedTasks = 0

    init(_ machine: SessionMachine) { self.machine = machine }

    mutating func nextID() -> UInt64 {
        ids += 1
        return ids
    }

    /// Whether a sign-in is finished for the first time.
    mutating func finishSignIn(_ state: Secret) -> Bool {
        guard !finishedSignIns.contains(state) else { return false }
        finishedSignIns = finishedSignIns.suffix(15) + [state]
        return true
    }

    /// Starts a task that belongs to the session and not to the caller that happened to be first; the only place that does.
    mutating func start(_ body: @escaping @Sendable @concurrent () async -> Void) -> Task<Void, Never> {
        startedTasks += 1
        return Task.detached(operation: body)
    }
}
