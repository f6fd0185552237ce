internal import Foundation
internal import OAuthDialects

extension WireConventions {
    /// A token answer as these conventions say: in their container, under their names, with the member that says success.
    var answerShape: TokenAnswerShape {
        let conventions = self
        return TokenAnswerShape { members in
            var draft = JSONDraft()
            if let success = conventions.refusal.success { draft.set(success.json, at: success.name) }
            let container = conventions.answer.containers.first.map { $0 + "." } ?? ""
            for member in members {
                let name = Field(member.name).map(conventions.answerName) ?? member.name
                draft.set(member.json, at: container + name)
            }
            return draft.text
        }
    }

    /// The type of the tokens, which the sandbox states; `nil` if the conventions take none.
    var tokenType: String? {
        answer.tokenTypes.contains("bearer") ? "Bearer" : answer.tokenTypes.sorted().first
    }

    /// Whether the conventions name a date of expiry, and no lifetime.
    var statesExpiryDate: Bool { answer.names[.expiresAt] != nil && answer.names[.expiresIn] == nil }

    /// The member that states when a token ends: its lifetime, or the date if only the date has a name.
    func expiry(_ lifetime: Int, from date: Date) -> TokenAnswerShape.Member {
        guard statesExpiryDate else { return .init(name: "expires_in", json: "\(lifetime)") }
        return .init(name: "expires_at", json: Self.json(date.addingTimeInterval(TimeInterval(lifetime))))
    }

    /// The members of an answer with tokens, by their standard names.
    func members(of issue: SandboxIssue, _ extras: [String: String]) -> [TokenAnswerShape.Member] {
        var members = [TokenAnswerShape.Member(name: "access_token", json: JSONValue.text(issue.accessToken).text)]
        if let tokenType { members.append(.init(name: "token_type", json: JSONValue.text(tokenType).text)) }
        members.append(expiry(issue.lifetime, from: issue.date))
        if let refreshToken = issue.refreshToken {
            members.append(.init(name: "refresh_token", json: JSONValue.text(refreshToken).text))
            members += refreshExpiry(issue)
        }
        if !issue.scopes.isEmpty {
            members.append(.init(name: "scope", json: JSONValue.text(issue.scopes.joined(separator: " ")).text))
        }
        return members
            + extras.sorted { $0.key < $1.key }.map { .init(name: $0.key, json: JSONValue.text($0.value).text) }
    }

    /// The end of a refresh token, if the conventions have a name for it.
    private func refreshExpiry(_ issue: SandboxIssue) -> [TokenAnswerShape.Member] {
        if answer.names[.refreshTokenExpiresIn] != nil {
            return [.init(name: "refresh_token_expires_in", json: "\(issue.refreshLifetime)")]
        }
        guard answer.names[.refreshTokenExpiresAt] != nil else { return [] }
        let end = issue.date.addingTimeInterval(TimeInterval(issue.refreshLifetime))
        return [.init(name: "refresh_token_expires_at", json: Self.json(end))]
    }

    private static func json(_ date: Date) -> String {
        JSONValue.text(date.formatted(.iso8601)).text
    }
}

extension WireConventions.RefusalFormat.Success {
    /// The value of a success, as JSON.
    var json: String {
        switch kind {
        case .flag: value
        case .number: JSONValue.word(value)
        case .text: JSONValue.text(value).text
        }
    }

    /// A value that is no success, as JSON; `code` if it is of the same kind.
    func failure(_ code: String) -> String {
        switch kind {
        case .flag: value == "true" ? "false" : "true"
        case .number:
            JSONValue.word(Int(code) == nil || code == value ? value == "1" ? "2" : "1" : code)
        case .text: JSONValue.text(value == "error" ? "failed" : "error").text
        }
    }
}
