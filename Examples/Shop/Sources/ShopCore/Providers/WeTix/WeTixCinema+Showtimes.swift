import Foundation

extension WeTixCinema {
    /// A showtime of the catalogue, which states no prices.
    struct Screening: Sendable {
        let key: String
        let film: String
        let genres: String
        let cinema: String
        let hall: String
        let startsAt: Date
    }

    private struct Day: Encodable { let date: String }

    private static let screenings = """
        query Screenings($date: Date!) {
          cinemas(first: 20, onScreenOnly: true) {
            nodes {
              key
              name
              movies(first: 20) {
                nodes {
                  key
                  title
                  genres
                  showtimes(first: 50, date: $date) {
                    nodes { key hall { name type } screenAt }
                  }
                }
              }
            }
          }
        }
        """

    /// The showtimes of a day in Malaysia, of at most 20 cinemas.
    func screenings(on date: Date) async throws(ProviderFailure) -> [Screening] {
        let day = Day(date: date.formatted(Self.day))
        let answer = try await look(CinemasAnswer.self, Self.screenings, day)
        return answer.cinemas.nodes.flatMap { cinema in
            cinema.movies.nodes.flatMap { movie in
                movie.showtimes.nodes.compactMap { showtime in
                    WeTixDate.read(showtime.screenAt).map {
                        Screening(
                            key: showtime.key,
                            film: movie.title,
                            genres: movie.genres.text,
                            cinema: cinema.name,
                            hall: showtime.hall.name ?? showtime.hall.type ?? "",
                            startsAt: $0
                        )
                    }
                }
            }
        }
    }

    private static let day = Date.ISO8601FormatStyle(timeZone: TimeZone(secondsFromGMT: 8 * 3600) ?? .gmt)
        .year().month().day()
}

private struct CinemasAnswer: Decodable {
    struct List<Node: Decodable>: Decodable { let nodes: [Node] }

    struct Cinema: Decodable {
        let name: String
        let movies: List<Movie>
    }

    struct Movie: Decodable {
        let title: String
        let genres: Genres
        let showtimes: List<MovieShowtime>
    }

    struct MovieShowtime: Decodable {
        struct Hall: Decodable {
            let name: String?
            let type: String?
        }

        let key: String
        let hall: Hall
        let screenAt: String
    }

    let cinemas: List<Cinema>
}

/// A text in WeTix's tables, and a list in its samples.
private struct Genres: Decodable {
    let text: String

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let list = try? container.decode([String].self) {
            text = list.joined(separator: ", ")
        } else {
            text = try container.decode(String.self)
        }
    }
}

/// Reads WeTix's dates, which have up to six digits of a second or none.
enum WeTixDate {
    static func read(_ text: String) -> Date? {
        try? Date.ISO8601FormatStyle().parse(text.replacing(#/\.[0-9]+/#, with: ""))
    }
}
