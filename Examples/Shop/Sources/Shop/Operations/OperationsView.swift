import Foundation
import OAuthDialects

/// Every session and what its provider received.
struct OperationsView {
    struct Provider {
        let name: String
        let title: String
        let sessions: [SessionView]
        let control: Control?
    }

    /// The buttons of a provider that runs in this process.
    struct Control {
        let name: String
        let title: String
        let isDown: Bool
        let hasSignIns: Bool
        let transcript: [String]
        let isQuiet: Bool
    }

    let providers: [Provider]
    let hasControls: Bool

    init(_ operations: Operations, at now: Date) {
        let sessions = operations.sessions()
        hasControls = operations.sandboxes != nil
        providers = sessions.grouped(by: \.provider).map { name, sessions in
            Provider(
                name: name,
                title: operations.title(of: name),
                sessions: sessions.map { SessionView($0, operations.log, at: now) },
                control: operations.sandboxes.flatMap { sandboxes in
                    guard sandboxes.names.contains(name) else { return nil }
                    let transcript = Array(sandboxes.transcript(name, limit: 6).reversed())
                    return Control(
                        name: name,
                        title: operations.title(of: name),
                        isDown: sandboxes.isDown(name),
                        hasSignIns: sessions.contains { $0.account != nil },
                        transcript: transcript,
                        isQuiet: transcript.isEmpty
                    )
                }
            )
        }
    }
}

/// A session's standing, its token, and its latest events.
struct SessionView {
    struct Age {
        /// How much of the token's life is over, from 0 to 100.
        let percent: Int
        let text: String
    }

    struct Event {
        let time: String
        let message: String
        let tone: String
    }

    let name: String
    let who: String
    let standing: StandingWords
    let age: Age?
    let tokenText: String
    let next: String
    let waiting: Int?
    let failure: String?
    let scopes: String?
    let events: [Event]
    let isQuiet: Bool

    init(_ session: WatchedSession, _ log: EventLog, at now: Date) {
        let (status, dates) = (session.status, ShowDates(now: now))
        name = session.name
        who = session.account.map { "Account “\($0)”" } ?? "The shop itself"
        standing = StandingWords(status)
        waiting = status.waitingCallers == 0 ? nil : status.waitingCallers
        failure = status.lastFailure
        scopes = status.scopes.isEmpty ? nil : status.scopes.joined(separator: " ")
        age = log.life(of: session).map { life in
            let (age, length) = (now.timeIntervalSince(life.issuedAt), life.expiresAt.timeIntervalSince(life.issuedAt))
            let text = "\(ShowDates.length(age)) of \(ShowDates.length(length))"
            return Age(percent: Int(min(100, max(0, 100 * age / length))), text: text)
        }
        tokenText =
            status.expiresAt.map { end in
                end > now ? "ends at \(dates.second(end))" : "ended at \(dates.second(end))"
            } ?? "not there yet"
        next = Self.next(of: status, dates)
        events = log.events(of: session).map { event in
            let tone = event.level == .error || event.level == .warning ? "bad" : "calm"
            return Event(time: dates.second(event.date), message: event.message, tone: tone)
        }
        isQuiet = events.isEmpty
    }

    private static func next(of status: SessionStatus, _ dates: ShowDates) -> String {
        if status.isRenewing { return "Renewing now" }
        if status.needsSignIn { return "Waits for somebody to connect the account" }
        if status.standing == .signedOut { return "Nothing until the account is connected" }
        guard let nextAt = status.nextAt else { return "Nothing is due" }
        return nextAt <= dates.now ? "Renews with the next request" : "Renews at \(dates.second(nextAt))"
    }
}
