import OAuthDialects

/// One life of a session, made from a seed.
struct Scenario: Sendable {
    let seed: UInt64
    var isUser = false
    var declared = WireConventions.Rotation.rotates
    var policy = RenewalPolicy.standard
    var traits = ModelProvider.Traits()
    var hasUpkeep = false
    var incidents: [Incident] = []

    /// The shortest lifetime that the provider ever gives, for counting budgets.
    var shortestLifetime: Duration {
        let changed = incidents.compactMap { if case .lifetime(let seconds?) = $0 { seconds } else { nil } }
        let least = (changed + [traits.lifetime.map { $0 / .seconds(1) } ?? 3600]).min() ?? 3600
        return traits.handsBackSameToken ? .zero : .seconds(least)
    }
}

extension Scenario {
    private static let lifetimes: [Double?] = [nil, 0, 1, 5, 10, 60, 600, 3600, 3600, 3600, 86400, 5_184_000]
    private static let pauses: [Double] = [
        0, 0.001, 0.1, 0.5, 1, 2, 3, 5, 10, 12, 30, 60, 61, 300, 900, 3300, 3550, 3600,
    ]

    init(seed: UInt64) {
        var random = SplitMix(seed: seed)
        self.seed = seed
        isUser = .random(using: &random)
        traits.rotates = Int.random(in: 0..<3, using: &random) > 0
        traits.lifetime = Self.lifetimes.randomElement(using: &random)!.map { .seconds($0) }
        traits.refreshLifetime = Int.random(in: 0..<8, using: &random) == 0 ? .seconds(7200) : nil
        traits.givesRefreshTokens = isUser || Int.random(in: 0..<4, using: &random) > 0
        traits.handsBackSameToken = Int.random(in: 0..<10, using: &random) == 0
        traits.refusesEarly = Int.random(in: 0..<8, using: &random) == 0
        declared =
            traits.rotates || .random(using: &random) ? (.random(using: &random) ? .rotates : .unknown) : .reusable
        hasUpkeep = Int.random(in: 0..<4, using: &random) == 0
        let draw = Int.random(in: 0..<12, using: &random)
        if draw == 0 { policy.refreshTokens = .ignore }
        if draw == 1 { policy.refreshTokens = .useInMemoryOnly }
        if isUser { incidents.append(.signIn(importing: false)) }
        // Each scenario has some kinds of events and not others: what is rare otherwise is frequent in one of them.
        let kinds = (3..<24).filter { _ in .random(using: &random) }
        let bag = kinds + [0, 0, 0, 1, 1, 2, 2]
        for _ in 0..<Int.random(in: 5..<40, using: &random) {
            incidents.append(Self.incident(bag.randomElement(using: &random)!, &random))
        }
    }

    private static func incident(_ kind: Int, _ random: inout SplitMix) -> Incident {
        switch kind {
        case 0, 3: .call(timeout: [0.5, 3, 10, 10, 60].randomElement(using: &random)!)
        case 1: .pass(seconds: pauses.randomElement(using: &random)!)
        case 2: .next
        case 4: .renew
        case 5: .cancel(.random(in: 0..<5, using: &random))
        case 6, 7: .reject(late: Int.random(in: 0..<4, using: &random) == 0, waits: .random(using: &random))
        case 8: .accept
        case 9: .signIn(importing: Int.random(in: 0..<5, using: &random) == 0)
        case 10: .signOut(revoking: .random(using: &random))
        case 11: .crash
        case 12: .moveDate(seconds: [-86400, -3600, -1, 1, 3600, 86400].randomElement(using: &random)!)
        case 13, 14: .provider(ProviderWeather.allCases.randomElement(using: &random)!)
        case 15: .slowness([0, 0.3, 3, 9, 14].randomElement(using: &random)!)
        case 16: .lifetime(seconds: lifetimes.randomElement(using: &random)!)
        case 17: .revokeAccess
        case 18: .revokeFamily
        case 19: .rotateSecret
        case 20: .stalling(.random(using: &random))
        case 21: .source(fails: .random(using: &random))
        case 22: .store(StoreWeather.allCases.randomElement(using: &random)!)
        default:
            .rival(
                Rival.Deed.allCases.randomElement(using: &random)!,
                seconds: [0, 0.5, 5, 15, 40].randomElement(using: &random)!
            )
        }
    }
}
