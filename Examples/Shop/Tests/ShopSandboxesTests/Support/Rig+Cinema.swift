import Foundation
import OAuthDialects
import RevenueMonsterSigning

extension Rig {
    /// Sends a GraphQL document.
    func ask(_ session: TokenSession, _ document: String, _ variables: String = "{}") async throws -> Reading {
        let query = String(decoding: try JSONEncoder().encode(document), as: UTF8.self)
        let url = try root("wetix").appending(path: "graphql")
        return try await session.ask("POST", url, "{\"query\":\(query),\"variables\":\(variables)}")
    }

    /// The keys of showtimes of tomorrow, in Malaysia.
    func showtimes(_ session: TokenSession) async throws -> [String] {
        let tomorrow = clock.date.addingTimeInterval(86400 + 8 * 3600).formatted(.iso8601.year().month().day())
        let reading = try await ask(
            session,
            """
            query($date: Date!) { movies(first: 1) { nodes { cinemas(first: 1) { nodes {
              showtimes(first: 10, date: $date) { nodes { key } } } } } } }
            """,
            #"{"date":"\#(tomorrow)"}"#
        )
        let path = "data.movies.nodes.0.cinemas.nodes.0.showtimes.nodes"
        return (0..<(reading.count(path) ?? 0)).compactMap { reading["\(path).\($0).key"] }
    }

    /// Opens a booking session.
    ///
    /// - Returns: its key, the key of its ticket, and the keys of its free seats.
    func begin(
        _ session: TokenSession,
        _ showtime: String
    ) async throws -> (key: String, ticket: String, seats: [String]) {
        let reading = try await ask(
            session,
            """
            mutation($input: CreateMovieOrderSessionInput!) { createMovieOrderSession(input: $input) { session {
              key status tickets { key purchaseAmount bookingAmount }
              seatLayout { twoDimensionView { label seats { key label status } } } } } }
            """,
            #"{"input":{"showtimeKey":"\#(showtime)"}}"#
        )
        let path = "data.createMovieOrderSession.session"
        let rows = "\(path).seatLayout.twoDimensionView"
        let seats = (0..<(reading.count(rows) ?? 0)).flatMap { row in
            (0..<(reading.count("\(rows).\(row).seats") ?? 0)).compactMap { seat in
                let path = "\(rows).\(row).seats.\(seat)"
                return reading["\(path).status"] == "AVAILABLE" ? reading["\(path).key"] : nil
            }
        }
        guard let key = reading["\(path).key"], let ticket = reading["\(path).tickets.0.key"], seats.count > 8 else {
            throw UnexpectedAnswer(text: reading.text)
        }
        return (key, ticket, seats)
    }

    func reserve(_ session: TokenSession, _ key: String, _ seats: [String]) async throws -> Reading {
        let list = seats.map { "\"\($0)\"" }.joined(separator: ",")
        return try await ask(
            session,
            """
            mutation($input: ReserveSeatsInput!) { reserveSeats(input: $input) { session {
              status hasExpiry expiresIn selectedSeats { key } } } }
            """,
            #"{"input":{"sessionKey":"\#(key)","seats":[\#(list)]}}"#
        )
    }

    func release(_ session: TokenSession, _ key: String) async throws -> Reading {
        try await ask(
            session,
            "mutation($input: ReleaseSeatsInput!) { releaseSeats(input: $input) { session { status } } }",
            #"{"input":{"sessionKey":"\#(key)"}}"#
        )
    }

    /// Runs a signed mutation, by default with the shop's key.
    func mutate(
        _ session: TokenSession,
        _ mutation: String,
        _ input: String,
        pem: String? = nil,
        signing other: String? = nil
    ) async throws -> Reading {
        let signature = try WeTixSignature(
            of: Data((other ?? input).utf8),
            mutation: mutation,
            clientID: directory.providers["wetix"]?.clientID ?? "",
            key: RSASigningKey(pem: pem ?? directory.weTixPrivateKey),
            at: clock.date
        )
        let signed = String(decoding: try JSONEncoder().encode(signature), as: UTF8.self)
        let type = mutation.prefix(1).uppercased() + mutation.dropFirst() + "Input!"
        return try await ask(
            session,
            """
            mutation($input: \(type), $signature: SignatureInput!) { \(mutation)(input: $input, signature: $signature) {
              order { key status payableAmount bookingAmount qrCode paidAt expiresIn } } }
            """,
            "{\"input\":\(input),\"signature\":\(signed)}"
        )
    }

    func order(_ session: TokenSession, _ key: String) async throws -> Reading {
        try await ask(session, "query($key: Key!) { movieOrder(key: $key) { status qrCode } }", #"{"key":"\#(key)"}"#)
    }

    /// The input of `createMovieOrder`.
    func input(_ key: String, ticket: String, quantity: Int) -> String {
        """
        {"sessionKey":"\(key)","referenceId":"order-1","customer":{"email":"a@example.com","countryCode":"60","phoneNo":""},
         "tickets":[{"key":"\(ticket)","quantity":\(quantity)}],"concessions":[],"bundles":[],"promoCode":"",
         "notifyUrl":"http://127.0.0.1:9/webhooks/wetix"}
        """
    }
}
