import Foundation
import OAuthDialects

/// One connection to the server, opened when it is needed and reopened when it is lost; its calls run on a thread of their own.
actor Connection {
    private let thread = ConnectionThread()
    private let address: Secret
    private var link: Link?

    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    init(to address: Secret) {
        self.address = address
    }

    /// Runs a statement, after it has checked the version of the tables.
    ///
    /// - Throws: ``SQLFailure``; `CancellationError` if the task is cancelled while it connects.
    func run(_ statement: Statement, by deadline: SessionInstant) throws -> [Row] {
        do {
            let link = try self.link ?? checkedLink(by: deadline)
            self.link = link
            return try link.run(statement, by: deadline)
        } catch {
            // After any error the next statement reconnects, and checks the version again.
            link = nil
            throw error
        }
    }

    /// Runs a script of several statements, with any version of the tables.
    func run(script: String, by deadline: SessionInstant) throws {
        try Link(to: address, by: deadline).run(script: script, by: deadline)
    }

    private func checkedLink(by deadline: SessionInstant) throws -> Link {
        let link = try Link(to: address, by: deadline)
        try Schema.check(try link.run(.version, by: deadline))
        return link
    }
}
