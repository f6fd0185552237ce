import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Synchronization

/// WeTix's GraphQL API with one showtime, as far as a shop's core asks for it.
final class FakeCinema: Sendable {
    struct State: Sendable {
        /// The answer to the next call of a mutation or query, in place of the usual one.
        var problems: [String: String] = [:]
        /// The mutations to come whose answer is lost after they are processed.
        var lost: Set<String> = []
        /// Where the order stands.
        var status = "PENDING"
        /// Where a confirmation leads.
        var confirmed = "COMPLETED"
        var calls: [String] = []
        var signatures = 0
        /// The price of a seat in ringgit, without the fee.
        var price = "18"
    }

    let state = Mutex(State())

    var calls: [String] { state.withLock { $0.calls } }

    func count(_ call: String) -> Int { calls.count { $0 == call } }

    func set(_ change: (inout State) -> Void) { state.withLock { change(&$0) } }

    func serve(on sandbox: ProviderSandbox) {
        sandbox.stub("POST", "/graphql") { [self] request in
            let query = request.json?["query"] as? String ?? ""
            let variables = request.json?["variables"] as? [String: Any] ?? [:]
            return state.withLock { state in
                guard let name = Self.names.first(where: { query.contains("\($0)(") }) else { return .json("{}", 400) }
                state.calls.append(name)
                if variables["signature"] != nil { state.signatures += 1 }
                if let code = state.problems.removeValue(forKey: name) {
                    return .json(#"{"errors":[{"message":"No.","extensions":{"code":"\#(code)"}}],"data":null}"#)
                }
                let answer = Self.answer(to: name, &state)
                if state.lost.remove(name) != nil { return WireResponse(status: 502) }
                return .json(#"{"data":{"\#(name)":\#(answer)}}"#)
            }
        }
    }

    private static let names = [
        "createMovieOrderSession", "reserveSeats", "releaseSeats", "createMovieOrder", "confirmMovieOrder",
        "movieOrder",
        "cinemas",
    ]

    private static func ticket(_ state: State) -> String {
        """
        [{"key":"adult","name":"ADULT","purchaseAmount":\(state.price),"bookingAmount":0.5,"seatsAllocation":1,"hasBundle":false}]
        """
    }

    private static func answer(to name: String, _ state: inout State) -> String {
        switch name {
        case "cinemas":
            return """
                {"nodes":[{"key":"cinema","name":"Panggung Lido","movies":{"nodes":[{"key":"film","title":"Hujan <Pertama>",\
                "genres":["Drama"],"showtimes":{"nodes":[{"key":"showtime-1","hall":{"name":"Hall 2","type":"2D"},\
                "screenAt":"2026-01-01T02:00:00.25Z"}]}}]}}]}
                """
        case "createMovieOrderSession":
            return """
                {"session":{"key":"session-1","tickets":\(ticket(state)),"seatLayout":{"twoDimensionView":[{"label":"C","seats":[\
                {"key":"s7","label":"C07","allocation":1,"x":6,"status":"AVAILABLE"},null,\
                {"key":"s8","label":"C08","allocation":1,"x":7,"status":"SOLD"},\
                {"key":"s9","label":"C09","allocation":2,"x":8,"status":"AVAILABLE"}]}]}}}
                """
        case "reserveSeats":
            return """
                {"session":{"showtime":{"key":"showtime-1"},"selectedSeats":[{"key":"s7","label":"C07"},\
                {"key":"s8","label":"C08"}],"tickets":\(ticket(state)),"hasExpiry":true,"expiresIn":900,"status":"RESERVED"}}
                """
        case "releaseSeats": return #"{"session":{"key":"session-1","status":"PENDING"}}"#
        case "createMovieOrder": return #"{"order":\#(order(state))}"#
        case "confirmMovieOrder":
            state.status = state.confirmed
            return #"{"order":\#(order(state))}"#
        default: return order(state)
        }
    }

    private static func order(_ state: State) -> String {
        let code = state.status == "COMPLETED" ? #""11100011""# : "null"
        return """
            {"key":"booking-1","bookingId":"26822052651576","currencyCode":"MYR","totalAmount":37,"payableAmount":37.0,\
            "expiresIn":880,"paidAt":null,"qrCode":\(code),"status":"\(state.status)"}
            """
    }
}
