import Foundation
import ShopCore

/// The films that are showing, each with its days and times.
struct CatalogueView {
    struct Film {
        let name: String
        let details: String
        let poster: String
        let from: String
        let days: [Day]
    }

    struct Day {
        let label: String
        let times: [Time]
    }

    struct Time {
        let path: String
        let time: String
        let machine: String
        let place: String
        let price: String
    }

    let films: [Film]
    let today: String
    let isEmpty: Bool

    init(_ showtimes: [Showtime], at now: Date) {
        let dates = ShowDates(now: now)
        let coming = showtimes.filter { $0.startsAt > now }.sorted { ($0.startsAt, $0.id) < ($1.startsAt, $1.id) }
        today = dates.longDay(now)
        isEmpty = coming.isEmpty
        films = coming.grouped(by: \.film).map { name, showtimes in
            Film(
                name: name,
                details: showtimes.first?.details ?? "",
                poster: Poster(name).svg,
                from: showtimes.map(\.price).min()?.description ?? "",
                days: showtimes.grouped { dates.day($0.startsAt) }.map { day, showtimes in
                    Day(label: day, times: showtimes.map { Time($0, dates) })
                }
            )
        }
    }
}

extension CatalogueView.Time {
    fileprivate init(_ showtime: Showtime, _ dates: ShowDates) {
        path = "/showtimes/\(showtime.id.pathComponent)"
        time = dates.time(showtime.startsAt)
        machine = dates.machine(showtime.startsAt)
        place = "\(showtime.cinema), \(showtime.hall)"
        price = showtime.price.description
    }
}

extension Sequence {
    /// The elements by a key, in the order in which the keys appear.
    func grouped<Key: Hashable>(by key: (Element) -> Key) -> [(Key, [Element])] {
        let groups = Dictionary(grouping: self, by: key)
        var seen: Set<Key> = []
        return map(key).filter { seen.insert($0).inserted }.map { ($0, groups[$0] ?? []) }
    }
}

extension String {
    /// The text as one component of a URL's path.
    var pathComponent: String {
        let allowed = CharacterSet(charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")
        return addingPercentEncoding(withAllowedCharacters: allowed) ?? ""
    }
}
