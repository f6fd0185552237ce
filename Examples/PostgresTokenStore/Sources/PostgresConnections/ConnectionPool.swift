public import OAuthDialects

/// Connections to one PostgreSQL database; a statement holds one only while it runs.
///
/// Each statement is a transaction of its own, nothing is prepared or set in the server's session, and every call returns by its
/// deadline: transaction poolers, limits on idle transactions, and restarts of the server need nothing more.
public final class ConnectionPool: Sendable {
    private static let pauses = Duration.milliseconds(10)...Duration.milliseconds(500)

    private let address: ServerAddress
    private let timeout: Duration
    private let connections: ItemPool<Connection>
    private let clock: SystemClock = .system

    /// Creates a pool; it connects when it is first used.
    ///
    /// - Parameters:
    ///   - address: a connection string or URI (PostgreSQL, chapter 34.1.1). Missing parameters come from `PGHOST`, `PGPASSWORD`,
    ///     `~/.pgpass`, and so on.
    ///   - size: the maximum number of connections.
    ///   - timeout: how long a statement may take, including waiting for a connection, connecting, and retries.
    ///   - applicationName: the connections' name in `pg_stat_activity`, unless the address has one.
    ///   - check: runs on each new connection.
    public init(
        to address: Secret,
        size: Int = 2,
        timeout: Duration = .seconds(3),
        applicationName: String,
        check: ConnectionCheck? = nil
    ) {
        self.address = ServerAddress(text: address, applicationName: applicationName)
        self.timeout = timeout
        connections = ItemPool(
            (0..<max(size, 1)).map { [address = self.address] _ in Connection(to: address, check: check) }
        )
    }

    /// Runs a statement, and repeats it until the server answers: it has to be safe to repeat, because an answer may be lost.
    ///
    /// - Throws: ``PostgresError``, at the latest after the timeout; `CancellationError` if the task is cancelled while it waits;
    ///   what the pool's ``ConnectionCheck`` throws.
    public func run(_ statement: Statement) async throws -> [Row] {
        let deadline = clock.now + timeout
        var pause = Self.pauses.lowerBound
        var last = PostgresError.poolBusy
        while true {
            do {
                guard let rows = try await attempt(statement, by: deadline) else { throw last }
                return rows
            } catch let error as PostgresError {
                last = error
                guard error.isTransient, clock.now + pause < deadline else { throw error }
            }
            try await clock.sleep(until: clock.now + pause)
            pause = min(pause * 2, Self.pauses.upperBound)
        }
    }

    /// Runs a script of several statements once, such as a migration, on a connection of its own and without the check.
    ///
    /// - Throws: ``PostgresError``, at the latest after the timeout.
    public func run(script: String) async throws {
        try await Connection(to: address, check: nil).run(script: script, by: clock.now + timeout)
    }

    /// Runs a statement once; `nil` if no connection is free in time.
    private func attempt(_ statement: Statement, by deadline: SessionInstant) async throws -> [Row]? {
        guard let connection = try await connections.take(by: deadline) else { return nil }
        defer { connections.put(connection) }
        // At most half of the time: if the server of a kept connection has vanished, there is time left for a new one.
        return try await connection.run(statement, by: min(deadline, clock.now + timeout / 2))
    }
}
