import Foundation
import OAuthDialects
import OAuthDialectsTesting
import RevenueMonsterSigning

/// WeTix's GraphQL API, as far as a shop needs it: the programme, seats, and orders.
final class WeTixAPI: Sendable {
    let boxOffice: BoxOffice
    private let verifier: MutationVerifier
    private let service: CallbackService
    private let callbacks: CallbackSender
    private let secret: @Sendable () -> String
    private let clock: any SessionClock

    /// Creates the API.
    ///
    /// - Parameters:
    ///   - boxOffice: the seats and orders.
    ///   - verifier: verifies the signatures of mutations.
    ///   - service: owns the work at the cinema.
    ///   - callbacks: sends the webhooks.
    ///   - secret: the client's secret, which keys the webhooks.
    ///   - clock: the clock.
    init(
        boxOffice: BoxOffice,
        verifier: MutationVerifier,
        service: CallbackService,
        callbacks: CallbackSender,
        secret: @escaping @Sendable () -> String,
        clock: any SessionClock
    ) {
        self.boxOffice = boxOffice
        self.verifier = verifier
        self.service = service
        self.callbacks = callbacks
        self.secret = secret
        self.clock = clock
    }

    func serve(on sandbox: ProviderSandbox) {
        sandbox.stub("POST", "/graphql") { [self] request in
            do throws(GraphQLFailure) {
                return .json(["data": try answer(request)])
            } catch {
                // WeTix documents no status for its errors.
                return .json(["errors": [error.json], "data": nil])
            }
        }
    }

    private func answer(_ request: WireRequest) throws(GraphQLFailure) -> JSON {
        guard let body = JSON(request.body?.data), let document = body["query"]?.text else {
            throw GraphQLFailure("The body is no GraphQL request.")
        }
        var variables: [String: JSON] = [:]
        if case .object(let members) = body["variables"] { variables = members }
        let operation = try GraphQLOperation(document, variables: variables)
        let date = clock.date
        let schema = WeTixSchema(boxOffice: boxOffice, date: date)
        var members: [String: JSON] = [:]
        for field in operation.fields {
            do throws(GraphQLFailure) {
                let node = operation.isMutation ? try mutate(field, schema) : try query(field, schema)
                members[field.responseName] = try node.selected(by: field)
            } catch {
                throw error.at(field.responseName)
            }
        }
        return .object(members)
    }

    private func query(_ field: GraphQLField, _ schema: WeTixSchema) throws(GraphQLFailure) -> GraphQLNode {
        let key = field.arguments["key"]?.text ?? ""
        switch field.name {
        case "movies": return schema.movies()
        case "cinemas": return schema.cinemas()
        case "movie":
            guard let film = Film.all.first(where: { $0.key == key }) else {
                throw GraphQLFailure("movie not found", code: .movieNotFound)
            }
            return schema.movie(film)
        case "cinema":
            guard let cinema = Cinema.all.first(where: { $0.key == key }) else {
                throw GraphQLFailure("cinema not found", code: .cinemaNotFound)
            }
            return schema.cinema(cinema)
        case "movieOrderSession": return schema.session(try boxOffice.session(key))
        case "movieOrder": return schema.order(try boxOffice.booking(key, at: schema.date))
        default: throw GraphQLFailure("The sandbox has no query \(field.name).")
        }
    }

    private func mutate(_ field: GraphQLField, _ schema: WeTixSchema) throws(GraphQLFailure) -> GraphQLNode {
        switch field.name {
        case "createMovieOrderSession":
            return Self.payload(
                "session",
                schema.session(try boxOffice.open(text("showtimeKey", in: field), at: schema.date))
            )
        case "reserveSeats":
            let seats = field.arguments["input"]?["seats"]?.elements?.compactMap(\.text) ?? []
            let session = try boxOffice.reserve(seats, text("sessionKey", in: field), at: schema.date)
            return Self.payload("session", schema.session(session))
        case "releaseSeats":
            let session = try boxOffice.release(text("sessionKey", in: field), at: schema.date)
            return Self.payload("session", schema.session(session))
        case "createMovieOrder":
            let request = try BookingRequest(verifier.verify(field, at: schema.date))
            return Self.payload("order", schema.order(try boxOffice.book(request, at: schema.date)))
        case "confirmMovieOrder":
            _ = try verifier.verify(field, at: schema.date)
            return Self.payload("order", schema.order(try confirm(text("orderKey", in: field), schema.date)))
        default: throw GraphQLFailure("The sandbox has no mutation \(field.name).")
        }
    }

    private func confirm(_ key: String, _ date: Date) throws(GraphQLFailure) -> Booking {
        let (booking, isNew) = try boxOffice.confirm(key, at: date)
        if isNew {
            service.add { [self] in
                do { try await clock.sleep(for: boxOffice.bookingDelay) } catch { return }
                notify(of: key)
            }
        }
        return booking
    }

    private func notify(of key: String) {
        // Failures have no webhook.
        guard let booking = try? boxOffice.booking(key, at: clock.date), booking.status == .completed,
            let url = booking.notifyURL
        else { return }
        let notice = BookingNotice(booking: booking, notifyURL: url)
        callbacks.send("POST notifyUrl for \(booking.referenceID)") { [secret] in
            notice.request(at: $0, secret: secret())
        }
    }

    private func text(_ name: String, in field: GraphQLField) throws(GraphQLFailure) -> String {
        guard let text = field.arguments["input"]?[name]?.text else {
            throw GraphQLFailure("The input has no \(name).")
        }
        return text
    }

    private static func payload(_ name: String, _ node: GraphQLNode) -> GraphQLNode {
        .object("Payload") { $0 == name ? node : nil }
    }
}
