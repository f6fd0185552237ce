/// What the server or the way to it answered instead of rows.
struct SQLFailure: Error {
    enum Kind {
        /// No connection was made, or the connection was lost: what was asked may have been done.
        case connection

        /// Nothing came in time: what was asked may have been done, or may yet be.
        case silence

        /// The server said no.
        case refusal
    }

    let kind: Kind

    /// The five characters of the SQL standard, where the server gave them (PostgreSQL, appendix A).
    let state: String?

    /// The first line of what was said, which holds no value of a statement.
    let message: String

    init(_ kind: Kind, state: String? = nil, _ message: String) {
        self.kind = kind
        self.state = state
        self.message = message
    }

    /// Whether the same statement may work in a moment: a server that restarts, a connection that broke, a deadlock.
    var isPassing: Bool {
        guard let state else { return kind == .connection }
        return state.hasPrefix("08") || ["57P01", "57P02", "57P03", "57P05", "53300", "40001", "40P01"].contains(state)
    }
}
