/// What was reported about a provider's answers: each deviation once, and missing scopes until others are missing.
struct AnswerReports: Sendable {
    private var deviations: Set<AnswerDeviation> = []
    private var missingScopes: [String] = []
    private var longestLifetime: Duration?
    private var refusals: Set<String> = []

    /// A shorter lifetime is a test's, and says nothing about the next one.
    private static let shortest = Duration.seconds(60)

    /// The deviations of an answer that were not reported yet; 32 kinds at most.
    ///
    /// Revenue Monster changes the lifetime in every answer, so only one that is longer than any before is news.
    mutating func news(in answer: TokenAnswer, lifetime: Duration?) -> [AnswerDeviation] {
        var found = answer.deviations
        if let lifetime {
            if let longestLifetime, lifetime > longestLifetime { found.append(.lifetimeIsLonger) }
            if lifetime >= Self.shortest { longestLifetime = max(longestLifetime ?? lifetime, lifetime) }
            if lifetime < .seconds(1) { found.append(.lifetimeIsAbsurd) }
        }
        return found.filter { deviations.count < 32 && deviations.insert($0).inserted }
    }

    /// The requested scopes that an answer lacks, if that is news; `nil` for an answer that names no scopes.
    mutating func newlyMissingScopes(in answer: TokenAnswer) -> [String]? {
        guard let granted = answer.set.scopes else { return nil }
        let missing = answer.scopes.filter { !granted.contains($0) }
        if Set(missing) == Set(missingScopes) { return nil }
        missingScopes = missing
        return missing.isEmpty ? nil : missing
    }

    /// Whether a refusal's unknown word was not reported yet; 32 words at most.
    mutating func isNews(refusal word: String) -> Bool { refusals.count < 32 && refusals.insert(word).inserted }
}
