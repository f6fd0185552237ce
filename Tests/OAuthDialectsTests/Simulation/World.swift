import Foundation
import OAuthDialects

/// A session's machine in a world that plays the shell, the provider, the store, the callers, and time.
///
/// It performs the steps that decisions contain, and nothing else. Nothing in it waits: what is due next is done next, and
/// what is due at the same instant in an order of the seed's choice.
struct World {
    let scenario: Scenario
    var random: SplitMix
    var now = SessionInstant(nanoseconds: 1_000_000_000_000)
    var dateOffset = 0.0
    var machine: SessionMachine
    var provider: ModelProvider
    var weather = ProviderWeather.fine
    var slowness = 0.0
    var isStalling = false
    var isSourceFailing = false
    var store = ModelStore()
    var runs: [Run] = []
    var lateResults: [LateResult] = []
    var callers: [Waiters.ID: Caller] = [:]
    var oracle: Oracle
    var ids: UInt64 = 0

    /// What the shell would sleep for: the session's timer, and its upkeep.
    var alarm: SessionInstant?
    var upkeep: SessionInstant?
    var hasUpkeep: Bool

    /// What a thread has copied of the token in hand.
    var copy: HeldToken?
    var served: [AccessToken] = []
    var trace: [String]?

    init(_ scenario: Scenario, isTracing: Bool = false) {
        self.scenario = scenario
        random = SplitMix(seed: scenario.seed ^ 0x5EED)
        machine = Self.machine(scenario, seed: scenario.seed)
        provider = ModelProvider(scenario.traits)
        oracle = Oracle(scenario)
        hasUpkeep = scenario.hasUpkeep
        upkeep = hasUpkeep ? now : nil
        trace = isTracing ? [] : nil
    }

    static func machine(_ scenario: Scenario, seed: UInt64) -> SessionMachine {
        SessionMachine(
            policy: SharedPolicy(scenario.policy),
            isClient: !scenario.isUser,
            rotation: scenario.declared,
            seed: seed
        )
    }

    var date: Date { Date(timeIntervalSince1970: now.nanoseconds.seconds + 1_767_225_600 + dateOffset) }
    var moment: Moment { Moment(now: now, date: date) }

    /// The scenario from its first incident to its last, and then the test of whether the session recovers.
    mutating func live() -> Violation? {
        for incident in scenario.incidents {
            note("\(incident)")
            perform(incident)
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
        for run in runs { if let due = due(run), due < least { least = due } }
        for late in lateResults where late.due < least { least = late.due }
        if let alarm, alarm < least { least = alarm }
        if let upkeep, upkeep < least { least = upkeep }
        if let rival = store.rival, rival.due < least { least = rival.due }
        return least.nanoseconds == .max ? nil : least
    }

    private mutating func doOneThing() {
        var things = runs.indices.filter { index in due(runs[index]).map { $0 <= now } ?? false }
        if let alarm, alarm <= now { things.append(-1) }
        if let upkeep, upkeep <= now { things.append(-2) }
        if let rival = store.rival, rival.due <= now { things.append(-3) }
        if lateResults.contains(where: { $0.due <= now }) { things.append(-4) }
        let choice = things.count == 1 ? things[0] : things[Int(random.next() % UInt64(things.count))]
        switch choice {
        case -1:
            alarm = nil
            send(.timerFired)
        case -2:
            upkeep = nil
            send(.upkeepDue)
            if upkeep == nil { upkeep = machine.nextUpkeep(at: now) }
        case -3:
            finish(store.rival!)
        case -4:
            endLate(lateResults.firstIndex { $0.due <= now }!)
        default:
            endStep(choice)
        }
        settle()
    }

    /// What must be so after every event.
    private mutating func settle() {
        let working = machine.workingToken(at: now)?.value.revealed
        oracle.checkHand(working, fresh: machine.freshToken(at: now)?.value.revealed, at: now)
        if let copy, copy.isPlain(at: now),
            machine.freshToken(at: now) != copy.token || working != copy.token.value.revealed
        {
            oracle.fail("a copy is never older than the token", "\(copy.token.value.revealed) is read")
        }
        if machine.held?.isPlain(at: now) == true { copy = copy ?? machine.held }
        let count = runs.count { $0.task?.step.stage.isExchanging ?? false }
        if count > 1 { oracle.fail("one exchange at a time", "\(count) are under way") }
        for (id, caller) in callers where caller.deadline < now {
            oracle.fail("timeouts", "caller \(id) waits beyond its deadline")
        }
        if callers.values.contains(where: { !$0.isSignOut }), runs.allSatisfy(\.history.isFinishing) {
            oracle.fail("who waits, waits for an operation", "none goes on, and \(callers.count) wait")
        }
        if oracle.mustSave, !oracle.isDateMoved, oracle.newest?.isLive(at: now) ?? false, !oracle.hasRival,
            alarm == nil,
            runs.allSatisfy(\.history.isFinishing)
        {
            oracle.fail("an unsaved record is saved again", "nobody looks at the clock for it")
        }
    }

    mutating func fraction() -> Double { Double(random.next() >> 11) / Double(1 << 53) }
    mutating func happens(oneIn count: UInt64) -> Bool { random.next() % count == 0 }
}

extension Int64 {
    fileprivate var seconds: Double { Double(self) / 1e9 }
}
