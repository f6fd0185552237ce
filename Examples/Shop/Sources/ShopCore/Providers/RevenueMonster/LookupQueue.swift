package import Foundation
package import OAuthDialects

/// Admits calls in turn: three in five seconds, which is Revenue Monster's limit of queries by order id for a token.
///
/// Source: Revenue Monster, *Query Transaction By Order ID*.
package actor LookupQueue {
    private let count: Int
    private let window: TimeInterval
    private let patience: TimeInterval
    private let clock: any SessionClock
    private var admissions: [Date] = []
    private var closedUntil = Date.distantPast

    /// Creates a queue in which a call waits no longer than a process's claim to an order allows.
    package init(count: Int = 3, in window: TimeInterval = 5, patience: TimeInterval = 8, clock: any SessionClock) {
        self.count = count
        self.window = window
        self.patience = patience
        self.clock = clock
    }

    /// Waits for a call's turn.
    ///
    /// - Throws: ``ProviderFailure/unavailable(until:)`` with the date of the turn if it is too far away.
    package func turn() async throws(ProviderFailure) {
        let now = clock.date
        var turn = max(now, closedUntil)
        if admissions.count >= count {
            turn = max(turn, admissions[admissions.count - count].addingTimeInterval(window))
        }
        let wait = turn.timeIntervalSince(now)
        guard wait <= patience else { throw .unavailable(until: turn) }
        admissions = admissions.suffix(count - 1) + [turn]
        if wait > 0 { await clock.pause(for: .seconds(wait)) }
    }

    /// Admits nobody until a date, or for a while if that has passed: the provider said that there were too many calls.
    package func close(until date: Date) {
        let now = clock.date
        closedUntil = max(closedUntil, date > now ? date : now.addingTimeInterval(window))
    }
}
