internal import Foundation

extension SessionEvent {
    /// Puts an occurrence into words.
    init(_ occurrence: Occurrence, at date: Date) {
        let (name, level, message, metadata) = occurrence.report
        self.init(name, level, message, metadata, at: date)
    }
}

extension Occurrence {
    fileprivate typealias Report = (SessionEvent.Name, SessionEvent.Level, String, [String: String])

    fileprivate var report: Report {
        switch self {
        case .renewalStarted(let reason):
            return (.renewalStarted, .info, "Renewal started: \(reason).", ["reason": reason])
        case .renewalSucceeded(let summary, let method, let lifetime):
            let seconds = lifetime.map { "\($0.components.seconds)" }
            let life = seconds.map { "expires in \($0) s" } ?? "works until it is rejected"
            var metadata = summary.metadata
            (metadata["method"], metadata["lifetime"]) = (method.rawValue, seconds)
            return (.renewalSucceeded, .info, "Got a new token by \(method.participle); it \(life).", metadata)
        case .renewalFailed(let summary, let error, let severity):
            let metadata = summary.metadata.merging(["code": "\(error.code)"]) { $1 }
            return (.renewalFailed, severity.level, "Renewal failed. \(error)", metadata)
        case .tokenServed:
            return (.tokenServed, .notice, "The session goes on serving the token in hand.", [:])
        case .tokenAdopted:
            return (.tokenAdopted, .info, "Adopted a newer token from the store.", [:])
        case .tokenRejected:
            return (.tokenRejected, .notice, "The API rejected the token in hand.", [:])
        case .rejectionIgnored(let why):
            return (.rejectionIgnored, .warning, "A rejection renews nothing: \(why).", ["why": why])
        case .storeFailed(let error):
            let message = "The store failed. \(error)"
            return (.storeFailed, .error, message, ["code": "\(error.code)"])
        case .storeBusy(let error):
            return (.storeBusy, .warning, "The store's lock could not be taken. \(error)", ["code": "\(error.code)"])
        case .signInRequired(let error, let severity):
            return (.signInRequired, severity.level, error.message, [:])
        case .signedIn:
            return (.signedIn, .notice, "The session was signed in.", [:])
        case .signedOut:
            return (.signedOut, .notice, "The session was signed out.", [:])
        case .revocationFailed(let result):
            let what = result == .refused ? "The provider refused to revoke the tokens" : "The tokens were not revoked"
            return (.revocationFailed, .warning, "\(what); they may work until they expire.", ["result": "\(result)"])
        case .refusalUnknown(let word):
            let shown = ProviderText.clean(word)
            let message = "The provider refused a refresh with a word whose meaning is unknown: \(shown)."
            return (.refusalUnknown, .warning, message, ["refusal": shown])
        case .answerDeviated(let deviation):
            return (.answerDeviated, .notice, deviation.message, ["deviation": "\(deviation)"])
        case .scopesReduced(let missing):
            let names = missing.map { ProviderText.clean($0) }.joined(separator: " ")
            let message = "The provider granted fewer scopes than requested; missing: \(names)."
            return (.scopesReduced, .notice, message, ["missing": names])
        case .transportFallback(let why):
            let message = "Requests go over URLSession, which has limits on Linux: \(why)"
            return (.transportFallback, .warning, message, ["why": why])
        case .requestSent(let summary):
            return (.exchangeSent, .debug, summary, ["request": summary])
        case .requestAnswered(let summary, let status, let duration):
            let metadata = ["status": "\(status)", "seconds": SecondsText.of(duration)]
            return (.exchangeAnswered, .debug, summary, metadata)
        case .requestFailed(let error, let duration):
            let metadata = ["failure": "\(error.code)", "seconds": SecondsText.of(duration)]
            return (.exchangeAnswered, .warning, error.message, metadata)
        }
    }
}

extension Occurrence.Severity {
    fileprivate var level: SessionEvent.Level {
        switch self {
        case .expected: .info
        case .servesHeld: .warning
        case .callersFail: .error
        }
    }
}

extension Operation.Method {
    fileprivate var participle: String {
        switch self {
        case .refresh: "refreshing"
        case .authenticate: "authenticating"
        case .signIn: "signing in"
        }
    }
}

extension Occurrence.Summary {
    fileprivate var metadata: [String: String] {
        var metadata = ["reason": reason, "waiters": "\(waiters)", "seconds": SecondsText.of(duration)]
        metadata["wait_seconds"] = longestWait.map(SecondsText.of)
        metadata["skipped"] = skipped.isEmpty ? nil : skipped
        return metadata
    }
}
