package import Foundation

/// The two times of one transition, read once at the edge.
package struct Moment: Sendable {
    /// The instant that decides.
    package let now: SessionInstant
    /// The wall date, for what is stored and shown.
    package let date: Date

    package init(now: SessionInstant, date: Date) { (self.now, self.date) = (now, date) }

    init(_ clock: any SessionClock) { self.init(now: clock.now, date: clock.date) }

    func later(by duration: Duration) -> Self {
        Self(now: now + duration, date: date.addingTimeInterval(duration / .seconds(1)))
    }

    /// The wall date of an instant, as the clocks stand now.
    func date(of instant: SessionInstant) -> Date { date.addingTimeInterval((instant - now) / .seconds(1)) }
}
