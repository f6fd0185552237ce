import OAuthDialects

/// What happens to a simulated session from outside; what follows from it the world works out by itself.
enum Operation: Sendable {
    /// A caller asks, and waits for so many seconds at most.
    case call(patience: Double)
    case renew
    case cancel(Int)

    /// An API turns away, or takes, the token that was served last, or one that was served before.
    case reject(late: Bool)
    case accept

    case signIn
    case signOut
    case crash

    case pass(seconds: Double)

    /// Time passes up to the next thing that happens by itself.
    case next
    case moveDate(seconds: Double)

    case provider(ProviderWeather)
    case slowness(Double)
    case lifetime(seconds: Double?)
    case revokeAccess
    case revokeFamily
    case rotateSecret

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
    case refusesRefresh
    case changing
}

/// How a store fares for a while.
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
    }

    let deed: Deed
    let due: SessionInstant
}
