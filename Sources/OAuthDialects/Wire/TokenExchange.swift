public import Foundation

/// One conversation with a token endpoint: what is presented, by whom, and when.
public struct TokenExchange: Sendable {
    /// What is presented.
    public var grant: Grant

    /// Who presents it.
    public var credentials: ClientCredentials

    /// The wall date at which the request is made.
    public var date: Date

    /// Makes an exchange.
    public init(grant: Grant, credentials: ClientCredentials, date: Date) {
        self.grant = grant
        self.credentials = credentials
        self.date = date
    }
}
