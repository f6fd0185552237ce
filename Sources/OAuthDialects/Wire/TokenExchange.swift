public import Foundation

/// One request to a token endpoint: a grant, the client that presents it, and the date.
public struct TokenExchange: Sendable {
    /// The grant that is presented.
    public var grant: Grant

    /// The client that presents it.
    public var credentials: ClientCredentials

    /// The date of the request, by the wall clock.
    public var date: Date

    /// Creates an exchange.
    public init(grant: Grant, credentials: ClientCredentials, date: Date) {
        self.grant = grant
        self.credentials = credentials
        self.date = date
    }
}
