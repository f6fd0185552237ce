import Foundation
import OAuthDialects
import ShopSandboxes
import Testing

@Suite(.timeLimit(.minutes(5)))
struct CinemaTests {
    @Test func `The programme has showtimes on the coming days, by cinema and by film`() async throws {
        try await Rig.run { rig in
            let session = try rig.session("wetix")
            let films = try await rig.ask(
                session,
                "{ movies(first: 100, onScreenOnly: true) { totalCount nodes { key title runTime genres showtimeDates } } }"
            )
            #expect(films["data.movies.totalCount"] == "6")
            #expect((films.count("data.movies.nodes.0.showtimeDates") ?? 0) >= 3)
            #expect(try await rig.showtimes(session).count >= 2)
            let tomorrow = rig.clock.date.addingTimeInterval(86400 + 8 * 3600).formatted(.iso8601.year().month().day())
            let cinemas = try await rig.ask(
                session,
                """
                query Day($date: Date!) { cinemas(first: 20) { nodes { name movies(first: 20) { nodes { title
                  showtimes(first: 50, date: $date) { nodes { key date time screenAt seatsLeft hall { name type } } }
                } } } } }
                """,
                #"{"date":"\#(tomorrow)"}"#
            )
            let showtime = "data.cinemas.nodes.0.movies.nodes.0.showtimes.nodes.0"
            #expect(cinemas.count("data.cinemas.nodes") == 3)
            #expect(cinemas["\(showtime).date"] == tomorrow)
            #expect(try #require(cinemas["\(showtime).screenAt"]).hasSuffix("Z"))
            #expect((60...80).contains(Int(cinemas["\(showtime).seatsLeft"] ?? "") ?? 0))
        }
    }

    @Test func `A document is answered as it selects, and refused where the schema says otherwise`() async throws {
        try await Rig.run { rig in
            let session = try rig.session("wetix")
            let page = try await rig.ask(
                session,
                """
                # A comment, an alias, a default, and a cursor
                query Films($n: Uint = 2) { a: movies(first: $n) { pageInfo { hasNextPage endCursor } nodes { t: title } } }
                """
            )
            #expect(page.count("data.a.nodes") == 2 && page["data.a.nodes.0.t"] == "Hujan di Kota Lama")
            let cursor = try #require(page["data.a.pageInfo.endCursor"])
            let rest = try await rig.ask(session, "{ movies(first: 9, after: \"\(cursor)\") { nodes { key } } }")
            #expect(rest.count("data.movies.nodes") == 4)
            for document in [
                "{ movies { nodes { key } } }", "{ movies(first: 101) { nodes { key } } }",
                "{ movies(first: 1) { nodes { price } } }", "{ movies(first: 1) { nodes } }", "{ movies(first: 1) }",
                "{ films(first: 1) { nodes { key } } }", "{ movies(first: 1) { nodes { ...F } } }", "{ movies(", "",
                "mutation { movies(first: 1) { nodes { key } } }", "subscription { a }",
                "query($key: Key!) { movie(key: $key) { title } }",
                "{ movies(first: 1) { nodes { cinemas(first: 1) { nodes { showtimes(first: 1) { nodes { key } } } } } } }",
            ] {
                let reading = try await rig.ask(session, document)
                #expect(reading["errors.0.message"] != nil && reading.code == nil, "\(document)")
            }
            #expect(try await rig.ask(session, "{ movie(key: \"1\") { title } }").code == "MOVIE_NOT_FOUND")
            #expect(try await rig.ask(session, "{ movie(key: \"1\") { title } }")["errors.0.path.0"] == "movie")
        }
    }

    @Test func `A seat is one buyer's until it is released or its time is over`() async throws {
        try await Rig.run { rig in
            let session = try rig.session("wetix")
            let showtime = try #require(await rig.showtimes(session).first)
            let (first, second) = (try await rig.begin(session, showtime), try await rig.begin(session, showtime))
            #expect(first.seats == second.seats && first.seats.count >= 50)
            let held = try await rig.reserve(session, first.key, Array(first.seats.prefix(2)))
            let path = "data.reserveSeats.session"
            #expect(held["\(path).status"] == "RESERVED" && held["\(path).expiresIn"] == "900")
            #expect(held.count("\(path).selectedSeats") == 2)

            let seats = Array(first.seats[1..<3])
            #expect(try await rig.reserve(session, second.key, seats).code == "INVALID_SEAT_TO_RESERVE")
            #expect(try await rig.begin(session, showtime).seats == Array(first.seats.dropFirst(2)))
            #expect(try await rig.release(session, first.key)["data.releaseSeats.session.status"] == "PENDING")
            #expect(try await rig.reserve(session, second.key, seats)["\(path).status"] == "RESERVED")

            #expect(try await rig.reserve(session, first.key, seats).code == "INVALID_SEAT_TO_RESERVE")
            rig.clock.advance(by: .seconds(900))
            #expect(try await rig.reserve(session, first.key, seats)["\(path).status"] == "RESERVED")
        }
    }

    @Test func `Seats that are none, twice, or sold can't be reserved`() async throws {
        try await Rig.run { rig in
            let session = try rig.session("wetix")
            let booking = try await rig.begin(session, #require(await rig.showtimes(session).first))
            let sold = Data("Seat/A01".utf8).base64EncodedString()
            for seats in [[], ["x"], [booking.seats[0], booking.seats[0]], [sold, "x"]] {
                #expect(try await rig.reserve(session, booking.key, seats).code == "INVALID_SEAT_TO_RESERVE")
            }
            #expect(try await rig.reserve(session, "x", booking.seats).code == "ORDER_SESSION_NOT_FOUND")
            let unknown = try await rig.ask(
                session,
                "mutation { createMovieOrderSession(input: {showtimeKey: \"x\"}) { session { key } } }"
            )
            #expect(unknown.code == "SHOWTIME_NOT_FOUND")
        }
    }
}
