import Foundation
import Synchronization

/// What runs when: the same each day, today and the three days after.
final class Programme: Sendable {
    /// Malaysia's offset from UTC, all year.
    private static let offset: TimeInterval = 8 * 3600
    private static let days = 4

    /// Films by hall and time of day, in minutes.
    private static let slots: [(hall: Int, film: Int, minute: Int)] = [
        (1, 0, 660), (1, 4, 800), (1, 0, 960), (1, 2, 1180), (1, 5, 1320),
        (2, 3, 690), (2, 3, 880), (2, 1, 1070), (2, 3, 1260),
        (3, 1, 670), (3, 5, 840), (3, 1, 1010), (3, 5, 1200), (3, 5, 1350),
        (4, 2, 650), (4, 0, 790), (4, 2, 940), (4, 4, 1100), (4, 2, 1290),
        (5, 4, 680), (5, 0, 830), (5, 4, 1000), (5, 1, 1160), (5, 4, 1330),
        (6, 3, 720), (6, 1, 910), (6, 3, 1090), (6, 5, 1280),
    ]

    private let built = Mutex<(day: Int, screenings: [Screening])>((0, []))

    /// The showtimes from a date's day on, in order; those of the day that have begun are among them.
    func screenings(at date: Date) -> [Screening] {
        let day = Int((Self.local(date) / 86400).rounded(.down))
        return built.withLock { built in
            if built.day != day { built = (day, Self.build(from: day)) }
            return built.screenings
        }
    }

    /// The seconds of a date since 1970 by Malaysia's clocks.
    static func local(_ date: Date) -> TimeInterval { date.timeIntervalSince1970 + offset }

    private static func build(from first: Int) -> [Screening] {
        (first..<(first + days)).flatMap { day in
            let midnight = Date(timeIntervalSince1970: TimeInterval(day * 86400) - offset)
            let name = String(Date(timeIntervalSince1970: TimeInterval(day * 86400)).rfc3339.prefix(10))
            return slots.compactMap { slot -> Screening? in
                guard let cinema = Cinema.all.first(where: { $0.halls.contains { $0.id == slot.hall } }),
                    let hall = cinema.halls.first(where: { $0.id == slot.hall })
                else { return nil }
                return Screening(
                    film: Film.all[slot.film],
                    cinema: cinema,
                    hall: hall,
                    screenAt: midnight.addingTimeInterval(TimeInterval(slot.minute * 60)),
                    date: name
                )
            }
        }
        .sorted { $0.screenAt < $1.screenAt }
    }
}
