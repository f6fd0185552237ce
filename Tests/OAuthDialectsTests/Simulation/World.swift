import Foundation
import OAuthDialects

/// A session's machine in a world that plays the shell, the provider, the store, the callers and time.
///
/// Nothing in it waits: what is due next is done next, and what is due at the same instant in an order of the seed's choice.
struct World {
    let scenario: Scenario
    var random: SplitMix
    var now = SessionInstant(nanoseconds: 1_000_000_000_000)
    var dateOffset = 0.0
    var state: SessionState
    var provider: ModelProvider
    var weather = ProviderWeather.fine
    var slowness = 0.0
    var store = ModelStore()
    var climbers: [Climber] = []
    var callers: [UInt64: Caller] = [:]
    var oracle: Oracle
    var ids: UInt64 = 0

    /// What the shell would sleep for: the session's alarm, and its upkeep.
    var alarm: SessionInstant?
    var upkeep: SessionInstant?
    var hasUpkeep: Bool

    var served: [AccessToken] = []
    var trace: [String]?

    init(_ scenario: Scenario, isTracing: Bool = false) {
        self.scenario = scenario
        random = SplitMix(seed: scenario.seed ^ 0x5EED)
        state = Self.machine(scenario, seed: scenario.seed)
        provider = ModelProvider(scenario.traits)
        oracle = Oracle(scenario)
        hasUpkeep = scenario.hasUpkeep
        upkeep = hasUpkeep ? now : nil
        trace = isTracing ? [] : nil
    }

    static func machine(_ scenario: Scenario, seed: UInt64) -> SessionState {
        SessionState(
            policy: SharedPolicy(scenario.policy),
            canRepeat: !scenario.isUser,
            rotation: scenario.declared,
            seed: seed
        )
    }

    var date: Date { Date(timeIntervalSince1970: now.nanoseconds.seconds + 1_767_225_600 + dateOffset) }
    var moment: Moment { Moment(now: now, date: date) }

    /// The scenario from its first event to its last, and then the test of whether the session gets on its feet again.
    mutating func live() -> Violation? {
        for operation in scenario.operations {
            note("\(operation)")
            perform(operation)
            settle()
            if let violation = oracle.violation { return violation }
        }
        recover()
        return oracle.violation
    }

    mutating func note(_ text: @autoclosure () -> String) {
        guard trace != nil else { return }
        trace?.append("\(String(format: "%9.3f", now.nanoseconds.seconds - 1000))  \(text())")
    }

    /// One transition, and what the shell does after it.
    @discardableResult
    mutating func transition<Result>(
        landing: Known? = nil,
        adopting: TokenRecord? = nil,
        _ body: (inout SessionState, Moment, inout Effects) -> Result
    ) -> Result {
        var effects = Effects()
        let result = body(&state, moment, &effects)
        for event in effects.events { note("    \(event.name): \(event.message)") }
        oracle.saw(effects.events, landing: landing, adopting: adopting, at: moment)
        if effects.events.contains(where: { $0.name == .signedOut }) {
            // A sign-in that finds a tombstone passes it.
            for index in climbers.indices where adopting == nil || climbers[index].flight?.reason != .signIn {
                climbers[index].isFenced = true
            }
        }
        if let flight = effects.departure { climbers.append(Climber(flight, at: now)) }
        if let instant = effects.alarm { alarm = min(alarm ?? instant, instant) }
        if state.nextAlarm == nil { alarm = nil }
        if hasUpkeep, effects.departure != nil || !effects.events.isEmpty { upkeep = now }
        let hasFailed = effects.events.contains { $0.name == .renewalFailed }
        for (waiter, result) in effects.answers { answer(waiter, result, isNews: hasFailed) }
        return result
    }

    /// Lets time pass, doing whatever is due on the way.
    mutating func pass(_ seconds: Double) {
        let target = now + .seconds(seconds)
        var turns = 0
        while oracle.violation == nil, let due = nextDue, due <= target {
            now = max(now, due)
            doOneThing()
            turns += 1
            if turns > 50_000 { oracle.fail("the session runs in circles", "at one instant") }
        }
        now = max(now, target)
    }

    /// When the next thing happens by itself.
    var nextDue: SessionInstant? {
        var least = SessionInstant(nanoseconds: .max)
        for climber in climbers { if let due = due(climber), due < least { least = due } }
        if let alarm, alarm < least { least = alarm }
        if let upkeep, upkeep < least { least = upkeep }
        if let rival = store.rival, rival.due < least { least = rival.due }
        return least.nanoseconds == .max ? nil : least
    }

    private mutating func doOneThing() {
        var things = climbers.indices.filter { index in due(climbers[index]).map { $0 <= now } ?? false }
        if let alarm, alarm <= now { things.append(-1) }
        if let upkeep, upkeep <= now { things.append(-2) }
        if let rival = store.rival, rival.due <= now { things.append(-3) }
        let choice = things.count == 1 ? things[0] : things[Int(random.next() % UInt64(things.count))]
        switch choice {
        case -1:
            alarm = nil
            transition { state, moment, effects in state.tick(at: moment, &effects) }
        case -2:
            upkeep = nil
            transition { state, moment, effects in state.keepUp(at: moment, &effects) }
            if upkeep == nil { upkeep = state.nextUpkeep(at: now) }
        case -3:
            finish(store.rival!)
        default:
            climb(choice)
        }
        settle()
    }

    /// What must be so after every step.
    private mutating func settle() {
        let working = state.workingToken(at: now)?.value.revealed
        oracle.checkHand(working, fresh: state.freshToken(at: now)?.value.revealed, stored: store.record, at: now)
        let inAir = climbers.filter(\.isInAir)
        if inAir.count(where: { !$0.isFenced }) > 1 || (inAir.count > 1 && !inAir.contains { $0.isUnlocked }) {
            oracle.fail("one exchange at a time", "\(inAir.count) are in flight")
        }
        for (id, caller) in callers where caller.deadline < now {
            oracle.fail("patience", "caller \(id) waits beyond its deadline")
        }
    }
}

extension Int64 {
    fileprivate var seconds: Double { Double(self) / 1e9 }
}
