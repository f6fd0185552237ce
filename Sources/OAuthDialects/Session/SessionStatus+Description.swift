internal import Foundation

extension SessionStatus: CustomStringConvertible {
    /// Two or three lines: what is held, what happens next, and what failed last.
    ///
    /// The first two have at most 80 characters: all scopes are in ``scopes`` and ``missingScopes``.
    public var description: String {
        let failure = lastFailure.map(ProviderText.escape)
        return ([held, next].map(Self.line) + [failure].compactMap(\.self)).joined(separator: "\n  ")
    }

    private var held: String {
        var text = "\(account.map { "\(dialect), \($0)" } ?? dialect): \(standing.words)"
        if let expiresAt, let word = standing.wordOfTime { text += " \(word) \(Self.text(of: expiresAt))" }
        return hasRefreshToken ? text + ", refresh token held" : text
    }

    private var next: String {
        var parts: [String] = []
        if isRenewing { parts.append("renewing") }
        if waitingCallers > 0 { parts.append("\(waitingCallers) waiting") }
        if let nextAt, !isRenewing { parts.append("next renewal at \(Self.text(of: nextAt))") }
        if nextAt == nil, !isRenewing { parts.append("no renewal is due") }
        if needsSignIn, standing != .signInRequired { parts.append("a person has to sign in") }
        if isUnsaved { parts.append("not saved yet") }
        if let failingSince { parts.append("failing since \(Self.text(of: failingSince))") }
        if !missingScopes.isEmpty { parts.append("missing scopes: \(missingScopes.joined(separator: " "))") }
        if let refreshTokenEndsAt { parts.append("refresh token until \(Self.text(of: refreshTokenEndsAt))") }
        if !scopes.isEmpty { parts.append("scopes: \(scopes.joined(separator: " "))") }
        return parts.joined(separator: ", ")
    }

    private static func text(of date: Date) -> String { date.formatted(.iso8601) }

    /// A text as one line that fits a terminal, also indented.
    private static func line(_ text: String) -> String {
        let text = ProviderText.escape(text)
        return text.count > 78 ? text.prefix(77) + "…" : text
    }
}

extension SessionStatus.Standing {
    fileprivate var words: String {
        switch self {
        case .noToken: "no token"
        case .working: "token valid"
        case .suspect: "rejected token served"
        case .expired: "token expired"
        case .signInRequired: "a person has to sign in"
        case .signedOut: "signed out"
        }
    }

    /// What stands before the time at which the token ends.
    fileprivate var wordOfTime: String? {
        switch self {
        case .working, .suspect: "until"
        case .expired: "at"
        case .noToken, .signInRequired, .signedOut: nil
        }
    }
}
