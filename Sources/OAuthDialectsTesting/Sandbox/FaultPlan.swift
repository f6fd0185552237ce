internal import OAuthDialects

/// Which requests to a ``ProviderSandbox`` meet a fault: those a script names, a share of them, or all.
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

    /// One fault for each of the next requests, in this order; `nil` lets one through.
    public static func script(_ faults: SandboxFault?...) -> Self {
        script(faults)
    }

    /// One fault for each of the next requests, in this order; `nil` lets one through.
    public static func script(_ faults: [SandboxFault?]) -> Self {
        Self(.script(faults))
    }

    /// A fault for a share of the requests, drawn by a seed: the same seed strikes the same requests with the same faults.
    ///
    /// - Parameters:
    ///   - rate: how many of the requests meet one, from 0 to 1.
    ///   - faults: what they meet, each as likely as the others.
    ///   - seed: what the draw begins with.
    /// - Returns: a plan without end.
    public static func rate(_ rate: Double, of faults: [SandboxFault] = SandboxFault.all, seed: UInt64) -> Self {
        Self(.rate(rate, of: faults, SplitMix(seed: seed)))
    }

    /// The same fault for every request.
    public static func always(_ fault: SandboxFault) -> Self {
        Self(.always(fault))
    }

    /// The same plan for requests to one place alone.
    public func at(_ place: SandboxPlace) -> Self {
        var plan = self
        plan.place = place
        return plan
    }

    var isScript: Bool { if case .script = rule { true } else { false } }

    /// Whether it has anything to say of a request to a place.
    func covers(_ place: SandboxPlace) -> Bool {
        guard self.place.includes(place) else { return false }
        return if case .script(let faults) = rule { !faults.isEmpty } else { true }
    }

    /// What the next request meets.
    mutating func next() -> SandboxFault? {
        switch rule {
        case .script(var faults):
            let fault = faults.isEmpty ? nil : faults.removeFirst()
            rule = .script(faults)
            return fault
        case .rate(let rate, let faults, var generator):
            // Both are drawn each time, so that one rate strikes what a higher one does as well.
            let (draw, fault) = (Double.random(in: 0..<1, using: &generator), faults.randomElement(using: &generator))
            self.rule = .rate(rate, of: faults, generator)
            return draw < rate ? fault : nil
        case .always(let fault):
            return fault
        }
    }
}

/// The plans of a sandbox: scripts first, in the order in which they were given; of the others the last one.
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
