/// What a session holds under its lock: the machine, and the callers and tasks that belong to it.
struct SessionCore: Sendable {
    /// The task that wakes the session, and when.
    struct Alarm: Sendable {
        let instant: SessionInstant
        let task: Task<Void, Never>
    }

    var state: SessionState
    var continuations: [UInt64: CheckedContinuation<AccessToken, any Error>] = [:]
    var flight: (id: UInt64, task: Task<Void, Never>)?
    var alarm: Alarm?

    /// What was said of the provider's drift already.
    var drift = DriftWatch()

    /// What was said of scopes that are lacking.
    var scopes = ScopeWatch()

    /// The credentials of the last flight.
    var credentials: ClientCredentials?

    /// Those that are told that something has changed.
    var keepers: [UInt64: AsyncStream<Void>.Continuation] = [:]

    /// Those that listen to events; `nil` if nobody ever did.
    private(set) var hub: EventHub?

    private var ids: UInt64 = 0

    init(_ state: SessionState) {
        self.state = state
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
}

/// What is done after the lock is given back.
struct Aftermath: Sendable {
    var resumptions: [(CheckedContinuation<AccessToken, any Error>, Result<AccessToken, TokenError>)] = []
    var keepers: [AsyncStream<Void>.Continuation] = []
    var events: [SessionEvent] = []

    /// Whether there may be something else to keep up.
    var hasChanged = false

    func perform(telling listener: (SessionEvent) -> Void) {
        for event in events { listener(event) }
        for (continuation, result) in resumptions { continuation.resume(with: result) }
        for keeper in keepers { keeper.yield() }
    }
}
