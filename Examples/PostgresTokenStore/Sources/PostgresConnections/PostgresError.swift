/// Why a statement has no result.
///
/// It contains no password. The server's message may quote a value that its type does not accept.
public struct PostgresError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What went wrong.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Name: String { case connectionFailed, timedOut, refused, poolBusy, unreadableAddress }

        private let name: Name

        /// There was no connection, or it was lost: the statement may have been executed.
        public static let connectionFailed = Code(name: .connectionFailed)

        /// The server did not answer in time: the statement may have been executed, or may still be.
        public static let timedOut = Code(name: .timedOut)

        /// The server refused; ``PostgresError/state`` says why.
        public static let refused = Code(name: .refused)

        /// No connection of the pool was free in time; nothing was sent.
        public static let poolBusy = Code(name: .poolBusy)

        /// The connection string is neither `name=value` pairs nor a URI.
        public static let unreadableAddress = Code(name: .unreadableAddress)

        public var description: String { name.rawValue }
    }

    /// What went wrong.
    public let code: Code

    /// The SQLSTATE, where the server gave it (PostgreSQL, appendix A).
    public let state: String?

    /// The first line of the server's or libpq's message.
    public let message: String

    package init(_ code: Code, state: String? = nil, _ message: String) {
        self.code = code
        self.state = state
        self.message = message
    }

    /// Whether the same statement may soon succeed: the server is restarting, did not answer, or there was a deadlock.
    public var isTransient: Bool {
        guard let state else { return [.connectionFailed, .timedOut, .poolBusy].contains(code) }
        return state.hasPrefix("08") || ["57P01", "57P02", "57P03", "57P05", "53300", "40001", "40P01"].contains(state)
    }

    public var description: String {
        state.map { "\(message) (SQLSTATE \($0))" } ?? message
    }

    static let poolBusy = PostgresError(.poolBusy, "Timed out waiting for a connection to the server.")

    static let unreadableAddress = PostgresError(
        .unreadableAddress,
        "The connection string can't be read. It is not shown, because it may contain a password."
    )
}
