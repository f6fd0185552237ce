import Foundation
import OAuthDialects

/// One connection to the server, made when it is needed and made anew when it is lost; everything it does runs on its own thread.
actor Connection {
    private let thread = ConnectionThread()
    private let address: Secret
    private var link: Link?

    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    init(to address: Secret) {
        self.address = address
    }

    /// Runs a statement on a table of this version.
    ///
    /// - Throws: ``SQLFailure``; `CancellationError` if the task is cancelled while the connection is being made.
    func run(_ statement: Statement, by deadline: SessionInstant) throws -> [Row] {
        do {
            let link = try self.link ?? checkedLink(by: deadline)
            self.link = link
            return try link.run(statement, by: deadline)
        } catch {
            // Whatever it was: what comes next begins afresh, and looks at the table's version again.
            link = nil
            throw error
        }
    }

    /// Runs a script of several statements, whatever the table's version.
    func run(script: String, by deadline: SessionInstant) throws {
        try Link(to: address, by: deadline).run(script: script, by: deadline)
    }

    private func checkedLink(by deadline: SessionInstant) throws -> Link {
        let link = try Link(to: address, by: deadline)
        try Schema.check(try link.run(.version, by: deadline))
        return link
    }
}
