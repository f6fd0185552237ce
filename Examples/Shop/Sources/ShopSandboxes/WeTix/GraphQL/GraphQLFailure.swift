/// An error in a GraphQL answer.
///
/// WeTix documents codes for errors of its business only; any other has none.
struct GraphQLFailure: Error {
    let message: String
    var code: WeTixCode?
    var path: [String] = []

    init(_ message: String, code: WeTixCode? = nil) {
        self.message = message
        self.code = code
    }

    /// The same error with its place in the answer.
    func at(_ name: String) -> Self {
        var failure = self
        failure.path.insert(name, at: 0)
        return failure
    }

    var json: JSON {
        var members: [String: JSON] = ["message": .string(message), "path": .array(path.map(JSON.string))]
        if let code { members["extensions"] = ["code": .string(code.rawValue)] }
        return .object(members)
    }
}

/// A documented error code (WeTix, *Error Codes*).
enum WeTixCode: String {
    case cinemaNotFound = "CINEMA_NOT_FOUND"
    case expiredShowtime = "EXPIRED_SHOWTIME"
    case invalidSeat = "INVALID_SEAT_TO_RESERVE"
    case movieNotFound = "MOVIE_NOT_FOUND"
    case orderNotFound = "ORDER_NOT_FOUND"
    case sessionExpired = "ORDER_SESSION_EXPIRED"
    case sessionNotFound = "ORDER_SESSION_NOT_FOUND"
    case showtimeNotFound = "SHOWTIME_NOT_FOUND"
    case unableToConfirm = "UNABLE_TO_CONFIRM_BOOKING"
}
