/// A statement that failed, at the server or on the way to it.
struct SQLFailure: Error {
    enum Kind {
        /// There was no connection, or it was lost: the statement may have been executed.
        case connection

        /// The server did not answer in time: the statement may have been executed, or may still be.
        case silence

        /// The server refused.
        case refusal
    }

    let kind: Kind

    /// The five characters of the SQL standard, where the server gave them (PostgreSQL, appendix A).
    let state: String?

    /// The first line of the message, which contains no value of a statement.
    let message: String

    init(_ kind: Kind, state: String? = nil, _ message: String) {
        self.kind = kind
        self.state = state
        self.message = message
    }

    /// Whether the same statement may soon succeed: the server is restarting, the connection was lost, or there was a deadlock.
    var isPassing: Bool {
        guard let state else { return kind == .connection }
        return state.hasPrefix("08") || ["57P01", "57P02", "57P03", "57P05", "53300", "40001", "40P01"].contains(state)
    }
}
