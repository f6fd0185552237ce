public import Foundation

/// One request to a token endpoint: a grant, the client that presents it, the date, and what a signature needs.
public struct TokenExchange: Sendable {
    /// The grant that is presented.
    public var grant: Grant

    /// The client that presents it.
    public var credentials: ClientCredentials

    /// The date of the request, by the wall clock.
    public var date: Date

    /// A nonce: 32 random hexadecimal digits, new for each request.
    public var nonce: String

    /// The scopes of the identity, which a refresh may have to ask for again.
    public var scopes: [String]

    /// Creates an exchange.
    public init(
        grant: Grant,
        credentials: ClientCredentials,
        date: Date,
        nonce: String = "",
        scopes: [String] = []
    ) {
        self.grant = grant
        self.credentials = credentials
        self.date = date
        self.nonce = nonce
        self.scopes = scopes
    }
}
