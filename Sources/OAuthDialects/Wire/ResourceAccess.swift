public import Foundation

/// What a dialect may use to authorize one attempt of an API request.
public struct ResourceAccess: Sendable {
    /// The token of this attempt.
    public var token: AccessToken

    /// The client the token belongs to.
    public var credentials: ClientCredentials

    /// The wall date of this attempt.
    public var date: Date

    /// A text that no other attempt has: 32 hexadecimal digits from the system's random source.
    public var nonce: String

    /// Makes an access.
    public init(token: AccessToken, credentials: ClientCredentials, date: Date, nonce: String) {
        self.token = token
        self.credentials = credentials
        self.date = date
        self.nonce = nonce
    }
}
