import Foundation
import OAuthDialects
import Synchronization

/// The latest events of each session, and how old its token is.
package final class EventLog: Sendable {
    /// A token's life, for a bar.
    struct TokenLife: Sendable {
        let issuedAt: Date
        let expiresAt: Date
    }

    private struct Entry {
        var events: [SessionEvent] = []
        var issuedAt: Date?
    }

    private static let capacity = 5
    /// So that accounts without number don't fill the memory.
    private static let sessions = 1_000

    private let entries = Mutex<[String: Entry]>([:])

    /// Creates an empty log.
    package init() {}

    /// Notes an event of a session.
    ///
    /// - Parameters:
    ///   - event: the event.
    ///   - provider: the name of the session's provider.
    ///   - account: the session's account, if somebody signs in to it.
    package func record(_ event: SessionEvent, of provider: String, account: String?) {
        let name = account.map { "\(provider)/\($0)" } ?? provider
        entries.withLock { entries in
            guard entries[name] != nil || entries.count < Self.sessions else { return }
            var entry = entries[name] ?? Entry()
            // The traffic with the token endpoint is in the sandbox's list.
            if event.level != .debug { entry.events.append(event) }
            if entry.events.count > Self.capacity { entry.events.removeFirst() }
            if event.name == .renewalSucceeded || event.name == .signedIn { entry.issuedAt = event.date }
            if event.name == .tokenAdopted || event.name == .signedOut { entry.issuedAt = nil }
            entries[name] = entry
        }
    }

    /// A session's events, newest first.
    func events(of session: WatchedSession) -> [SessionEvent] {
        entries.withLock { $0[session.name]?.events.reversed() ?? [] }
    }

    /// The life of the token in hand; `nil` if its beginning or end is unknown.
    func life(of session: WatchedSession) -> TokenLife? {
        guard let expiresAt = session.status.expiresAt,
            let issuedAt = entries.withLock({ $0[session.name]?.issuedAt }), issuedAt < expiresAt
        else { return nil }
        return TokenLife(issuedAt: issuedAt, expiresAt: expiresAt)
    }
}
