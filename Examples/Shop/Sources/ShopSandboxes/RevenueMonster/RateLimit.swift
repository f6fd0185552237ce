import Foundation

/// Three requests in five seconds for each access token, the documented limit of the query by order id.
struct RateLimit: Sendable {
    private static let count = 3
    private static let window: TimeInterval = 5

    private var dates: [String: [Date]] = [:]

    /// Whether a token may make a request now.
    mutating func admits(_ token: String, at date: Date) -> Bool {
        if dates.count >= 256 { dates = dates.filter { date.timeIntervalSince($0.value.last ?? date) < Self.window } }
        var recent = (dates[token] ?? []).filter { date.timeIntervalSince($0) < Self.window }
        defer { dates[token] = recent }
        guard recent.count < Self.count else { return false }
        recent.append(date)
        return true
    }
}
