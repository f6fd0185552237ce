import OAuthDialects

/// A flight as the shell flies it, or a sign-out on its way to the store.
struct Climber {
    enum Phase {
        case takeOff
        case peek
        case lock
        case mark(RefreshToken, TokenRecord)
        case air(Exchange)
        case save(TokenRecord)
        case pause
        case reload
        case finish(TokenRecord)
        case bury
    }

    /// A request on its way, what becomes of it, and what the provider made of it if that is decided already.
    struct Exchange {
        let rung: Rung
        let refresh: String?
        let sent: Moment
        let fate: ProviderWeather
        let takes: Double
        var processed: TokenSet??
    }

    let id: UInt64
    let flight: Flight?
    var phase: Phase
    var due: SessionInstant
    var holdsLock = false
    var isUnlocked = false
    var hasOldSecret = false
    var exchanges = 0

    /// Whether the session was signed out since.
    var isFenced = false

    /// What its exchange brought, once there is something to save.
    var arrival: Known?

    init(_ flight: Flight, at now: SessionInstant) {
        id = flight.id
        self.flight = flight
        phase = .takeOff
        due = now
    }

    init(burying id: UInt64, at now: SessionInstant) {
        self.id = id
        flight = nil
        phase = .bury
        due = now
        isFenced = true
    }

    var isInAir: Bool { if case .air = phase { true } else { false } }
}

extension World {
    func due(_ climber: Climber) -> SessionInstant? {
        switch climber.phase {
        case .lock: isLockFree || store.weather == .cannotLock ? climber.due : patienceEnd(climber)
        case .bury: isLockFree || store.weather == .cannotLock ? climber.due : nil
        default: climber.due
        }
    }

    private var isLockFree: Bool { store.isFree && store.weather != .cannotLock }

    private func patienceEnd(_ climber: Climber) -> SessionInstant? {
        climber.flight.map { $0.startedAt + scenario.policy.lockTimeout }
    }

    private var storeTakes: Duration {
        mutating get { slowness == 0 ? .zero : .seconds(slowness * 0.2 * fraction()) }
    }

    mutating func climb(_ index: Int) {
        let id = climbers[index].id
        switch climbers[index].phase {
        case .takeOff:
            climbers[index].phase = .peek
            climbers[index].due = now + storeTakes
        case .peek:
            let stored = store.weather == .cannotLock ? nil : store.record
            let isOver = transition(adopting: stored) { $0.peeked(stored, of: id, at: $1, &$2) }
            if isOver { return end(id) }
            climbers[index].phase = .lock
            climbers[index].due = now
        case .lock:
            enter(index)
        case .mark(let token, let intent):
            if !save(intent, index) { transition { $0.endedUnsaved(Self.storeFailure, at: $1, &$2) } }
            depart(.refresh, token, index)
        case .air(let exchange):
            arrive(exchange, index)
        case .save(let record):
            let isSaved = save(record, index)
            let step = transition(landing: climbers[index].arrival) {
                $0.saved(isSaved ? nil : Self.storeFailure, of: id, at: $1, &$2)
            }
            take(step, id)
        case .pause:
            take(transition { $0.nextStep(of: id, at: $1, &$2) }, id)
        case .reload:
            let areOthers = climbers[index].hasOldSecret
            climbers[index].hasOldSecret = false
            take(transition { $0.reloaded(areOthers, of: id, at: $1, &$2) }, id)
        case .finish(let record):
            if !save(record, index) { transition { $0.endedUnsaved(Self.storeFailure, at: $1, &$2) } }
            end(id)
        case .bury:
            bury(index)
        }
    }

    private mutating func enter(_ index: Int) {
        let (id, stored) = (climbers[index].id, store.record)
        if isLockFree {
            climbers[index].holdsLock = true
            store.holder = id
            take(transition(adopting: stored) { $0.entered(stored, isLocked: true, of: id, at: $1, &$2) }, id)
        } else {
            climbers[index].isUnlocked = true
            take(transition { $0.locked(out: Self.storeFailure, of: id, at: $1, &$2) }, id)
        }
    }

    mutating func take(_ step: FlightStep, _ id: UInt64) {
        guard let index = climbers.firstIndex(where: { $0.id == id }) else { return }
        climbers[index].due = now
        switch step {
        case .refresh(let token, let intent?):
            climbers[index].phase = .mark(token, intent)
            climbers[index].due = now + storeTakes
        case .refresh(let token, nil):
            depart(.refresh, token, index)
        case .authenticate:
            depart(.authenticate, nil, index)
        case .signIn:
            depart(.signIn, nil, index)
        case .save(let record):
            climbers[index].phase = .save(record)
            climbers[index].due = now + storeTakes
        case .pause(let until):
            climbers[index].phase = .pause
            climbers[index].due = max(now, until)
        case .reloadCredentials:
            climbers[index].phase = .reload
        case .end(let record):
            guard let record, climbers[index].holdsLock else { return end(id) }
            climbers[index].phase = .finish(record)
        }
    }

    private mutating func end(_ id: UInt64) {
        climbers.removeAll { $0.id == id }
        if store.holder == id { store.holder = nil }
        let isKnown = transition { state, moment, effects in
            state.grounded(Self.storeFailure, of: id, at: moment, &effects)
            return effects.events.isEmpty
        }
        if !isKnown { oracle.fail("the end of a flight", "the machine thinks flight \(id) is in the air") }
        if hasUpkeep { upkeep = now }
    }

    private mutating func bury(_ index: Int) {
        let (id, stored) = (climbers[index].id, store.record)
        if isLockFree, let tombstone = transition({ state, moment, _ in state.tombstone(over: stored, at: moment) }) {
            climbers[index].holdsLock = true
            _ = save(tombstone, index)
        }
        climbers.removeAll { $0.id == id }
    }

    /// - Returns: whether the record is stored now.
    private mutating func save(_ record: TokenRecord, _ index: Int) -> Bool {
        let fails = store.weather == .cannotSave || (store.weather == .changing && random.next() % 3 == 0)
        let old = store.record
        let isSaved = store.save(record, fails: fails || !climbers[index].holdsLock)
        note("    \(isSaved ? "saved" : "NOT saved") \(record) with \(record.accessToken?.revealed ?? "no token")")
        oracle.saved(record, isSaved: isSaved, over: old, by: climbers[index])
        return isSaved
    }

    mutating func fraction() -> Double { Double(random.next() >> 11) / Double(1 << 53) }

    static let storeFailure = TokenError(.storeFailed, "The store failed.", isTransient: true)
}
