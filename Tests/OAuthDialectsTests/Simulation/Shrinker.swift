import OAuthDialects

/// Makes a failing scenario as short as it can be, and tells it.
enum Shrinker {
    static func report(_ seed: UInt64) -> String {
        let scenario = shrunk(Scenario(seed: seed))
        var world = World(scenario, isTracing: true)
        let violation = world.live()
        let traits = scenario.traits
        return """
            \(violation.map { "\($0)" } ?? "no violation")
            SIMULATION_SEED=\(seed), \(scenario.isUser ? "a user" : "a client"), refresh tokens \(scenario.declared) by the \
            dialect, \(scenario.policy.refreshTokens) by the policy; \(traits)
            \((world.trace ?? []).suffix(60).joined(separator: "\n"))
            """
    }

    /// Leaves out whatever the same promise is broken without.
    static func shrunk(_ scenario: Scenario) -> Scenario {
        var least = scenario
        guard let rule = broken(scenario) else { return scenario }
        var size = max(1, scenario.incidents.count / 2)
        while true {
            var start = 0
            var isShorter = false
            while start < least.incidents.count {
                var candidate = least
                candidate.incidents.removeSubrange(start..<min(start + size, least.incidents.count))
                if broken(candidate) == rule {
                    least = candidate
                    isShorter = true
                } else {
                    start += size
                }
            }
            if size == 1, !isShorter { return least }
            size = max(1, size / 2)
        }
    }

    private static func broken(_ scenario: Scenario) -> String? {
        var world = World(scenario)
        return world.live()?.rule
    }
}
