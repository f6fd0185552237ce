import Foundation

/// The objects of WeTix's schema, as far as its page *Objects* documents them and a shop needs them.
struct WeTixSchema: Sendable {
    let boxOffice: BoxOffice
    let date: Date
    /// The showtimes that have not begun.
    private let screenings: [Screening]

    init(boxOffice: BoxOffice, date: Date) {
        self.boxOffice = boxOffice
        self.date = date
        screenings = boxOffice.programme.screenings(at: date).filter { $0.screenAt > date }
    }

    func movies() -> GraphQLNode {
        .connection("MovieConnection", Film.all) { .init(key: $0.key, node: movie($0)) }
    }

    func cinemas() -> GraphQLNode {
        .connection("CinemaConnection", Cinema.all) { .init(key: $0.key, node: cinema($0)) }
    }

    /// A film; with a cinema, also its showtimes there.
    func movie(_ film: Film, at cinema: Cinema? = nil) -> GraphQLNode {
        .object(cinema == nil ? "Movie" : "CinemaMovie") { name in
            switch name {
            case "key": .text(film.key)
            case "title", "originalTitle": .text(film.title)
            case "plot": .text(film.plot)
            case "censorship": .text(film.censorship)
            // The table of `CinemaMovie` has none.
            case "runTime" where cinema == nil: .integer(film.runTime)
            // The table says a string, the samples are lists.
            case "genres": .value(.array(film.genres.map(JSON.string)))
            case "languageCodes": .value([.string(film.language)])
            case "showtimeCount": .integer(screenings(of: film, at: cinema).count)
            case "showtimeDates":
                .value(.array(Set(screenings(of: film, at: cinema).map(\.date)).sorted().map(JSON.string)))
            case "isOnScreen": .flag(true)
            case "isComingSoon", "isAdvanceSales": .flag(false)
            case "mainTrailerUrl", "landscapeImageUrl": .value(.null)
            case "cinemas" where cinema == nil: cinemas(of: film)
            case "showtimes": cinema.map { showtimes(of: film, at: $0) }
            default: nil
            }
        }
    }

    /// A cinema; with a film, also the film's showtimes there, otherwise all its films.
    func cinema(_ cinema: Cinema, of film: Film? = nil) -> GraphQLNode {
        .object(film == nil ? "Cinema" : "MovieCinema") { name in
            switch name {
            case "key": .text(cinema.key)
            case "name": .text(cinema.name)
            case "operator": .text(cinema.operator)
            case "address": .text(cinema.address)
            case "postCode": .text(cinema.postCode)
            case "stateCode": .text(cinema.stateCode)
            case "countryCode": .text("MYS")
            case "isShutdown", "isUnderMaintenance": .flag(false)
            case "hasShowtimes" where film == nil: .flag(true)
            case "movies" where film == nil: movies(at: cinema)
            case "showtimes": film.map { showtimes(of: $0, at: cinema) }
            default: nil
            }
        }
    }

    func showtime(_ screening: Screening) -> GraphQLNode {
        .object("MovieShowtime") { name in
            switch name {
            case "key": .text(screening.key)
            case "screenAt": .text(screening.screenAt.rfc3339)
            case "date": .text(screening.date)
            case "time": .text(screening.time)
            case "seatsLeft":
                .integer(boxOffice.statuses(of: screening, at: date).count { $0.value == "AVAILABLE" })
            case "hall":
                .object("CinemaHall") { name in
                    switch name {
                    case "id": .text(String(screening.hall.id))
                    case "name": .text(screening.hall.name)
                    case "type": .text(screening.hall.type)
                    default: nil
                    }
                }
            default: nil
            }
        }
    }

    /// Money as WeTix writes it: a double in ringgit.
    static func money(_ sen: Int) -> GraphQLNode {
        let text = String(format: "%d.%02d", sen / 100, sen % 100)
        let short = sen % 100 == 0 ? "\(sen / 100)" : sen % 10 == 0 ? String(text.dropLast()) : text
        return .value(.number(short))
    }

    private func screenings(of film: Film, at cinema: Cinema? = nil) -> [Screening] {
        screenings.filter {
            $0.film.id == film.id && (cinema == nil || $0.cinema.id == cinema?.id)
        }
    }

    private func cinemas(of film: Film) -> GraphQLNode {
        let ids = Set(screenings(of: film).map(\.cinema.id))
        return .connection("MovieCinemaConnection", Cinema.all.filter { ids.contains($0.id) }) {
            .init(key: $0.key, node: cinema($0, of: film))
        }
    }

    private func movies(at cinema: Cinema) -> GraphQLNode {
        let films = Film.all.filter { !screenings(of: $0, at: cinema).isEmpty }
        return .connection("CinemaMovieConnection", films) { .init(key: $0.key, node: movie($0, at: cinema)) }
    }

    private func showtimes(of film: Film, at cinema: Cinema) -> GraphQLNode {
        .connection("MovieShowtimeConnection", isByDate: true, screenings(of: film, at: cinema)) {
            .init(key: $0.key, date: $0.date, node: showtime($0))
        }
    }
}
