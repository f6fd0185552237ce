import Foundation

/// A showtime of the programme; its key is the same after a restart.
struct Screening: Sendable {
    let key: String
    let film: Film
    let cinema: Cinema
    let hall: Hall
    let screenAt: Date
    /// The day in Malaysia, such as `2026-05-23`.
    let date: String

    init(film: Film, cinema: Cinema, hall: Hall, screenAt: Date, date: String) {
        self.film = film
        self.cinema = cinema
        self.hall = hall
        self.screenAt = screenAt
        self.date = date
        key = OpaqueKey.of("MovieShowtime", film.id, hall.id, screenAt.unixSeconds)
    }

    /// The time in Malaysia, as in the samples: `09:45PM`.
    var time: String {
        let minutes = Int(Programme.local(screenAt)) % 86400 / 60
        let (hour, minute) = minutes.quotientAndRemainder(dividingBy: 60)
        let twelve = hour % 12 == 0 ? 12 : hour % 12
        return String(format: "%02d:%02d", twelve, minute) + (hour < 12 ? "AM" : "PM")
    }

    /// Seats that somebody else bought or that are broken, by label; the same after a restart.
    func initialStatus(of label: String) -> String {
        // FNV-1a: Swift's own hashes differ from process to process.
        let hash = "\(key)\(label)".utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
            ($0 ^ UInt64($1)) &* 0x100_0000_01B3
        }
        return switch hash % 97 {
        case 0..<14: "SOLD"
        case 96: "BROKEN"
        default: "AVAILABLE"
        }
    }
}
