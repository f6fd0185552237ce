/// A caller that waits for a flight.
struct Waiter: Sendable {
    /// When its patience ends.
    let deadline: SessionInstant

    /// Whether the token in hand will do if there is no new one.
    let takesHeld: Bool
}
