/// What was said of a provider's drift: each kind once, so that nobody learns to ignore it.
package struct DriftWatch: Sendable {
    /// More kinds than a provider can have by honest drift are not told.
    private static let most = 32

    private var told: Set<AnswerDeviation> = []
    private var longest: Duration?

    package init() {}

    /// The deviations of an answer that are news.
    ///
    /// Of lifetimes, which Revenue Monster changes at every answer, only one that is longer than any before or of no use.
    package mutating func news(in deviations: [AnswerDeviation], lifetime: Duration?) -> [AnswerDeviation] {
        var all = deviations
        if let lifetime {
            if let longest, lifetime > longest { all.append(.lifetimeIsLonger) }
            longest = max(longest ?? lifetime, lifetime)
            if lifetime <= .seconds(5) { all.append(.lifetimeIsAbsurd) }
        }
        return all.filter { told.count < Self.most && told.insert($0).inserted }
    }
}
