internal import Foundation

extension SessionStatus: CustomStringConvertible {
    /// Two or three lines: what is held, what happens next, and what failed last.
    public var description: String {
        [[name, held].joined(separator: ": "), next, failure].compactMap(\.self).joined(separator: "\n")
    }

    private var name: String { account.map { "\(dialect), \($0)" } ?? dialect }

    private var held: String {
        var parts = [standing.words]
        if let expiresAt {
            parts.append("\(standing == .expired ? "since" : "until") \(Self.text(of: expiresAt))")
        }
        if !scopes.isEmpty { parts.append("with \(scopes.joined(separator: " "))") }
        if !missingScopes.isEmpty { parts.append("without \(missingScopes.joined(separator: " "))") }
        let refresh = refreshTokenEndsAt.map { "a refresh token until \(Self.text(of: $0))" } ?? "a refresh token"
        if hasRefreshToken { parts.append("and \(refresh)") }
        return parts.joined(separator: " ")
    }

    private var next: String {
        var parts: [String] = []
        if isRenewing { parts.append("renewing") }
        if waitingCallers > 0 { parts.append("\(waitingCallers) waiting") }
        if let nextAt, !isRenewing { parts.append("next renewal at \(Self.text(of: nextAt))") }
        if nextAt == nil, !isRenewing { parts.append("no renewal is due") }
        if needsSignIn, standing != .signInRequired { parts.append("a person has to sign in") }
        if isUnsaved { parts.append("not saved yet") }
        return "  " + parts.joined(separator: ", ")
    }

    private var failure: String? {
        guard let lastFailure else { return nil }
        let since = failingSince.map { " since \(Self.text(of: $0))" } ?? ""
        return "  failing\(since): \(lastFailure)"
    }

    private static func text(of date: Date) -> String { date.formatted(.iso8601) }
}

extension SessionStatus.Standing {
    fileprivate var words: String {
        switch self {
        case .noToken: "no token"
        case .working: "a token that works"
        case .suspect: "a token that was rejected"
        case .expired: "a token that has expired"
        case .signInRequired: "a person has to sign in"
        case .signedOut: "signed out"
        }
    }
}
