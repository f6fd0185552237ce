internal import OAuthDialects

/// A plan for the faults of a ``ProviderSandbox``: by script, by rate, or for every request.
///
/// ```swift
/// sandbox.follow(.script(.lostAnswer, nil, .badGateway))                // the second request goes through
/// sandbox.follow(.rate(0.2, seed: 7).at(.tokenEndpoints))               // the same requests with the same seed
/// ```
public struct FaultPlan: Sendable {
    private enum Rule {
        case script([SandboxFault?])
        case rate(Double, of: [SandboxFault], SplitMix)
        case always(SandboxFault)
    }

    private var rule: Rule
    private var place = SandboxPlace.anywhere

    private init(_ rule: Rule) {
        self.rule = rule
    }

    /// A fault for each of the next requests, in this order; `nil` lets a request through.
    public static func script(_ faults: SandboxFault?...) -> Self {
        script(faults)
    }

    /// A fault for each of the next requests, in this order; `nil` lets a request through.
    public static func script(_ faults: [SandboxFault?]) -> Self {
        Self(.script(faults))
    }

    /// Random faults at a rate.
    ///
    /// The same seed selects the same requests and faults.
    ///
    /// - Parameters:
    ///   - rate: the share of requests that fail, from 0 to 1.
    ///   - faults: the faults to choose from, with equal probability.
    ///   - seed: the seed of the random numbers.
    /// - Returns: a plan that never ends.
    public static func rate(_ rate: Double, of faults: [SandboxFault] = SandboxFault.all, seed: UInt64) -> Self {
        Self(.rate(rate, of: faults, SplitMix(seed: seed)))
    }

    /// The same fault for every request.
    public static func always(_ fault: SandboxFault) -> Self {
        Self(.always(fault))
    }

    /// The same plan for requests to one place only.
    public func at(_ place: SandboxPlace) -> Self {
        var plan = self
        plan.place = place
        return plan
    }

    var isScript: Bool { if case .script = rule { true } else { false } }

    /// Whether the plan applies to requests to a place.
    func covers(_ place: SandboxPlace) -> Bool {
        guard self.place.includes(place) else { return false }
        return if case .script(let faults) = rule { !faults.isEmpty } else { true }
    }

    /// The fault of the next request.
    mutating func next() -> SandboxFault? {
        switch rule {
        case .script(var faults):
            let fault = faults.isEmpty ? nil : faults.removeFirst()
            rule = .script(faults)
            return fault
        case .rate(let rate, let faults, var generator):
            // Both are drawn each time, so that a higher rate also selects the requests of a lower one.
            let (draw, fault) = (Double.random(in: 0..<1, using: &generator), faults.randomElement(using: &generator))
            self.rule = .rate(rate, of: faults, generator)
            return draw < rate ? fault : nil
        case .always(let fault):
            return fault
        }
    }
}

/// The plans of a sandbox: scripts first, in order; then the last of the other plans.
struct FaultPlans {
    private var plans: [FaultPlan] = []

    mutating func add(_ plan: FaultPlan) {
        plans.removeAll { $0.isScript && !$0.covers(.tokenEndpoints) && !$0.covers(.api) }
        plans.append(plan)
    }

    mutating func clear() {
        plans.removeAll()
    }

    mutating func next(at place: SandboxPlace) -> SandboxFault? {
        let script = plans.firstIndex { $0.isScript && $0.covers(place) }
        guard let index = script ?? plans.lastIndex(where: { !$0.isScript && $0.covers(place) }) else { return nil }
        return plans[index].next()
    }
}
