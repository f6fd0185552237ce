public import Foundation

/// What a dialect or a signer needs to authorize one attempt of an API request.
public struct ResourceAccess: Sendable {
    /// The token of this attempt.
    public var token: AccessToken

    /// The client the token belongs to.
    public var credentials: ClientCredentials

    /// The date of this attempt, by the wall clock.
    public var date: Date

    /// A nonce: 32 random hexadecimal digits, new for each attempt.
    public var nonce: String

    /// Further members of the token's answer that the dialect lists (``WireConventions/TokenAnswer/extras``).
    public var extras: [String: Secret] { token.extras }

    /// Creates an access.
    public init(token: AccessToken, credentials: ClientCredentials, date: Date, nonce: String) {
        self.token = token
        self.credentials = credentials
        self.date = date
        self.nonce = nonce
    }
}
