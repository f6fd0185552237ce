/// What the shell has to do after a transition, outside the lock.
package struct Effects: Sendable {
    /// The callers to be answered.
    package var answers: [(waiter: UInt64, result: Result<AccessToken, TokenError>)] = []

    /// The flight to be flown.
    package var departure: Flight?

    /// What is to be told, in order.
    package var events: [SessionEvent] = []

    /// When there is something to look at again although nothing happens.
    package var alarm: SessionInstant?

    package init() {}

    mutating func wake(at instant: SessionInstant) {
        alarm = min(alarm ?? instant, instant)
    }
}
