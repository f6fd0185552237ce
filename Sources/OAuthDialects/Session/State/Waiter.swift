/// A caller that waits for a flight.
struct Waiter: Sendable {
    /// When it came.
    let since: SessionInstant

    /// When its patience ends.
    let deadline: SessionInstant

    /// Whether the token in hand will do if there is no new one.
    let takesHeld: Bool
}
