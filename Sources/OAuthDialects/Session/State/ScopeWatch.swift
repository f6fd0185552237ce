/// What was said of scopes that were asked for and not granted.
struct ScopeWatch: Sendable {
    private var told: Set<String> = []

    /// The scopes that an answer says are lacking, if that is news.
    mutating func news(in set: TokenSet, askedFor asked: [String]) -> [String]? {
        guard let granted = set.scopes else { return nil }
        let lacking = Self.lacking(in: granted, askedFor: asked)
        defer { told = Set(lacking) }
        return lacking.isEmpty || told == Set(lacking) ? nil : lacking
    }

    /// Compared as sets: providers change the order.
    static func lacking(in granted: [String], askedFor asked: [String]) -> [String] {
        asked.filter { !granted.contains($0) }
    }
}
