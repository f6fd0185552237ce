/// What was reported about a provider's answers: each deviation once, and missing scopes until others are missing.
struct AnswerReports: Sendable {
    /// More kinds than a provider can have honestly are not reported.
    private static let most = 32

    private var deviations: Set<AnswerDeviation> = []
    private var missingScopes: [String] = []
    private var longestLifetime: Duration?

    /// The deviations of an answer that were not reported yet.
    ///
    /// Revenue Monster changes the lifetime in every answer, so only one that is longer than any before is news.
    mutating func news(in found: [AnswerDeviation], lifetime: Duration?) -> [AnswerDeviation] {
        var found = found
        if let lifetime {
            if let longestLifetime, lifetime > longestLifetime { found.append(.lifetimeIsLonger) }
            longestLifetime = max(longestLifetime ?? lifetime, lifetime)
            if lifetime <= .seconds(5) { found.append(.lifetimeIsAbsurd) }
        }
        return found.filter { deviations.count < Self.most && deviations.insert($0).inserted }
    }

    /// The scopes that an answer lacks, if that is news; `nil` for an answer that names no scopes.
    mutating func news(missing: [String]?) -> [String]? {
        guard let missing, Set(missing) != Set(missingScopes) else { return nil }
        missingScopes = missing
        return missing.isEmpty ? nil : missing
    }
}
