/// A token that is exchanged for new access tokens; its own type, so that it can't be sent as an access token.
public struct RefreshToken: Sendable, Equatable {
    /// The token's text.
    public let value: Secret

    /// Makes a refresh token from its text: 1 byte to 16 KiB of visible ASCII.
    ///
    /// - Throws: ``TokenError`` with the code ``TokenError/Code/unreadableAnswer`` for any other text.
    public init(_ value: Secret) throws {
        try TokenText.check(value, named: "refresh token")
        self.value = value
    }

    /// Makes a refresh token from its text, as ``init(_:)-(Secret)`` does.
    ///
    /// - Throws: ``TokenError`` with the code ``TokenError/Code/unreadableAnswer`` unless it is visible ASCII, up to 16 KiB.
    public init(_ text: String) throws {
        try self.init(Secret(text))
    }
}

extension RefreshToken: Redacted {
    package var redacted: String { "RefreshToken(<redacted>)" }
}
