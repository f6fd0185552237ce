import Foundation
import OAuthDialects

/// One connection to the server, opened when it is needed and reopened when it is lost; its calls run on a thread of their own.
actor Connection {
    private let thread = ConnectionThread()
    private let address: ServerAddress
    private let check: ConnectionCheck?
    private var link: Link?

    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    init(to address: ServerAddress, check: ConnectionCheck?) {
        self.address = address
        self.check = check
    }

    /// Runs a statement; on a new connection the check runs first.
    ///
    /// - Throws: ``PostgresError``; `CancellationError` if the task is cancelled while it connects.
    func run(_ statement: Statement, by deadline: SessionInstant) throws -> [Row] {
        do {
            let link = try self.link ?? checkedLink(by: deadline)
            self.link = link
            return try link.run(statement, by: deadline)
        } catch {
            // After any error the next statement reconnects, and checks the database again.
            link = nil
            throw error
        }
    }

    /// Runs a script of several statements, without the check.
    func run(script: String, by deadline: SessionInstant) throws {
        try Link(to: address, by: deadline).run(script: script, by: deadline)
    }

    private func checkedLink(by deadline: SessionInstant) throws -> Link {
        let link = try Link(to: address, by: deadline)
        if let check { try check.body(try link.run(check.statement, by: deadline)) }
        return link
    }
}
