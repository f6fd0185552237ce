/// The access token in hand, on the monotonic clock.
package struct HeldToken: Sendable {
    /// Whether the provider has rejected it.
    enum Rejection: Sendable {
        /// The provider has not rejected it.
        case none
        /// The provider rejected a request with it; a renewal is due.
        case rejected
        /// The provider rejected it and the renewal failed: it is served, because there is no better one.
        case suspect
    }

    let token: AccessToken
    /// `nil` if the provider gave no lifetime: it works until it is rejected.
    let windows: RenewalWindows?
    /// The lifetime that was received.
    let lifetime: Duration?
    /// Whether it came from the store, so that its end depends on the wall clock.
    var isStored = false
    var rejection = Rejection.none
    /// When time alone starts a renewal; later if the last renewal did not extend the lifetime.
    var renewal: SessionInstant?

    /// Whether it has not expired.
    func isLive(at now: SessionInstant) -> Bool { windows.map { now < $0.end } ?? true }

    /// Whether the provider may refuse a refresh because this token has not expired yet.
    func isEarly(at now: SessionInstant) -> Bool { windows.map { now < $0.expiry } ?? true }

    /// Whether it may be served: it has not expired and waits for no renewal after a rejection.
    func works(at now: SessionInstant) -> Bool { rejection != .rejected && isLive(at: now) }

    /// Whether it may be served without a look at anything else.
    func isFresh(at now: SessionInstant) -> Bool { rejection == .none && (renewal.map { now < $0 } ?? true) }

    /// Whether callers wait for a renewal although it works.
    func isMandatory(at now: SessionInstant) -> Bool { windows.map { now >= $0.mandatory } ?? false }
}
