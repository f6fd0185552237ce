import OAuthDialects

/// The connections of a store; a statement holds one only while it runs.
final class ConnectionPool: Sendable {
    private static let pauses = Duration.milliseconds(10)...Duration.milliseconds(500)

    private let address: Secret
    private let timeout: Duration
    private let connections: ItemPool<Connection>
    private let clock = SystemClock()

    init(to address: Secret, size: Int, timeout: Duration) {
        self.address = address
        self.timeout = timeout
        connections = ItemPool((0..<max(size, 1)).map { _ in Connection(to: address) })
    }

    /// Runs a statement that is safe to repeat, and repeats it until the server answers.
    ///
    /// - Throws: `TokenError`, at the latest after the timeout; `CancellationError` if the task is cancelled while it waits.
    func run(_ statement: Statement) async throws -> [Row] {
        let deadline = clock.now + timeout
        var pause = Self.pauses.lowerBound
        var last = PostgresFault.poolBusy
        while true {
            do {
                guard let rows = try await attempt(statement, by: deadline) else { throw last }
                return rows
            } catch let failure as SQLFailure {
                let isWorthRepeating = failure.isPassing || failure.kind == .silence
                last = PostgresFault.failed(failure)
                guard isWorthRepeating, clock.now + pause < deadline else { throw last }
            } catch is ConnectionFault {
                throw PostgresFault.unreadableAddress
            }
            try await clock.sleep(until: clock.now + pause)
            pause = min(pause * 2, Self.pauses.upperBound)
        }
    }

    /// Runs a script once, on a connection of its own.
    func run(script: String) async throws {
        do {
            try await Connection(to: address).run(script: script, by: clock.now + timeout)
        } catch let failure as SQLFailure {
            throw PostgresFault.failed(failure)
        } catch is ConnectionFault {
            throw PostgresFault.unreadableAddress
        }
    }

    /// Runs a statement once; `nil` if no connection is free in time.
    private func attempt(_ statement: Statement, by deadline: SessionInstant) async throws -> [Row]? {
        guard let connection = try await connections.take(by: deadline) else { return nil }
        defer { connections.put(connection) }
        // At most half of the time: if the server of a kept connection has vanished, there is time left for a new one.
        return try await connection.run(statement, by: min(deadline, clock.now + timeout / 2))
    }
}
