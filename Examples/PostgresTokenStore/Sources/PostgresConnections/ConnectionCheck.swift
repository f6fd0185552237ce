/// What a pool does first on each new connection, such as comparing the version of the tables with the program's.
public struct ConnectionCheck: Sendable {
    let statement: Statement
    let body: @Sendable ([Row]) throws -> Void

    /// Creates a check.
    ///
    /// - Parameters:
    ///   - statement: runs on each new connection before any other.
    ///   - body: throws if the rows say that the database can't be used; ``ConnectionPool/run(_:)`` throws that error.
    public init(_ statement: Statement, _ body: @escaping @Sendable ([Row]) throws -> Void) {
        self.statement = statement
        self.body = body
    }
}
