import OAuthDialects

/// What happens to a simulated session from outside; the world works out what follows.
enum Incident: Sendable {
    /// A caller asks, and waits for so many seconds at most.
    case call(timeout: Double)
    case renew
    case cancel(Int)

    /// An API rejects, or accepts, the token that was served last, or one that was served before.
    case reject(late: Bool, waits: Bool)
    case accept

    /// Somebody signs in with a code, or with a refresh token from elsewhere.
    case signIn(importing: Bool)
    case signOut(revoking: Bool)
    case crash

    case pass(seconds: Double)

    /// Time passes up to the next thing that happens by itself.
    case next
    case moveDate(seconds: Double)

    case provider(ProviderWeather)
    case slowness(Double)

    /// Some steps take very long, or never end.
    case stalling(Bool)
    case lifetime(seconds: Double?)
    case revokeAccess
    case revokeFamily
    case rotateSecret

    /// The source of credentials, which makes grants as well, fails.
    case source(fails: Bool)
    case store(StoreWeather)
    case rival(Rival.Deed, seconds: Double)
}

/// How a provider answers for a while.
enum ProviderWeather: Sendable, CaseIterable {
    case fine
    case down
    case throttled
    case unreachable
    case losesAnswers
    case losesRequests
    case malformed
    case redirects
    case refusesClient
    /// Refuses with a word that nobody knows.
    case unknownWord
    /// Refuses refreshes definitely in an outage of its own, and takes them afterwards.
    case refusesRefresh
    case changing
}

/// How a store works for a while.
enum StoreWeather: Sendable, CaseIterable {
    case fine
    case cannotSave
    case cannotLock
    case changing
}

/// Another process that shares the store.
struct Rival: Sendable {
    enum Deed: Sendable, CaseIterable {
        case holdsLock
        case renews
        case signsOut
        case signsIn

        /// Takes the lock from a session that holds it, and renews.
        case takesOver
    }

    let deed: Deed
    let due: SessionInstant
}
