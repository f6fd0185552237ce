/// The access token in hand, on the monotonic clock.
package struct HeldToken: Sendable {
    /// Whether the API has rejected it.
    enum Rejection: Sendable, Equatable {
        case none
        /// The API rejected a request with it; a renewal is due.
        case rejected
        /// The API rejected it and the renewal failed: it is served, because there is no better one.
        case suspect
        /// The API rejected it and there is no way to another one: a person has to sign in.
        ///
        /// A caller of `accessToken()` gets it all the same at `triedAgainAt`, because providers change their mind.
        indirect case dead(triedAgainAt: SessionInstant, pause: Duration)
    }

    package internal(set) var token: AccessToken
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

    /// Whether a refusal of a refresh may be due to this token, which works: it comes early.
    func isEarly(at now: SessionInstant) -> Bool {
        !isRejected && (windows.map { now < $0.expiry + SessionMachine.afterEnd } ?? true)
    }

    /// Whether a request or `invalidate` has reported that the API rejected it, and nothing has shown otherwise.
    var isRejected: Bool { if case .none = rejection { false } else { true } }
    var isDead: Bool { if case .dead = rejection { true } else { false } }

    /// Whether it may be served: it has not expired, and the API has not rejected it without a better one being sought.
    func works(at now: SessionInstant) -> Bool {
        switch rejection {
        case .none, .suspect: isLive(at: now)
        case .rejected, .dead: false
        }
    }

    /// Whether it may be served without a look at anything else.
    func isFresh(at now: SessionInstant) -> Bool { !isRejected && (renewal.map { now < $0 } ?? true) }

    /// Whether it works and is not due: every reader gets it.
    package func isPlain(at now: SessionInstant) -> Bool { isFresh(at: now) && isLive(at: now) }

    /// Whether a copy of one may be served for the other: the same token, the same rejection, the same times.
    package static func isSame(_ one: Self?, _ other: Self?) -> Bool {
        guard let one, let other else { return one == nil && other == nil }
        return one.token.isIdentical(to: other.token) && one.windows == other.windows
            && one.rejection == other.rejection && one.renewal == other.renewal
    }

    /// Whether callers wait for a renewal although it works.
    func isMandatory(at now: SessionInstant) -> Bool { windows.map { now >= $0.mandatory } ?? false }
}
