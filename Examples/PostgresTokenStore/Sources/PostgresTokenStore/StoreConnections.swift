import OAuthDialects
import PostgresConnections

/// The connections of a store, whose errors say what to do about the store.
struct StoreConnections: Sendable {
    private let pool: ConnectionPool

    init(to address: Secret, size: Int, timeout: Duration) {
        pool = ConnectionPool(
            to: address,
            size: size,
            timeout: timeout,
            applicationName: "OAuthDialects",
            check: Schema.check
        )
    }

    /// Runs a statement that is safe to repeat.
    ///
    /// - Throws: `TokenError`, at the latest after the timeout; `CancellationError` if the task is cancelled while it waits.
    func run(_ statement: Statement) async throws -> [Row] {
        do { return try await pool.run(statement) } catch let error as PostgresError {
            throw PostgresFault.failed(error)
        }
    }

    func run(script: String) async throws {
        do { try await pool.run(script: script) } catch let error as PostgresError { throw PostgresFault.failed(error) }
    }
}
