internal import Foundation

/// What the shell of a session does next for its flight.
package enum FlightStep: Sendable {
    /// Present the refresh token, after saving that it is being presented.
    case refresh(RefreshToken, intent: TokenRecord?)

    /// Present the identity's own grant.
    case authenticate

    /// Present the grant of a sign-in.
    case signIn(Grant)

    /// Save a record, then say how that went.
    case save(TokenRecord)

    /// Wait, then ask again.
    case pause(until: SessionInstant)

    /// Ask the source of credentials once more, then say whether they are others.
    case reloadCredentials

    /// Nothing: the flight is over. What is given is to be stored, in so far as the store allows.
    case end(TokenRecord?)
}

/// What became of an exchange.
package enum ExchangeOutcome: Sendable {
    /// Tokens, for a request that was sent at that moment and asked for those scopes.
    case tokens(TokenSet, sent: Moment, scopes: [String])

    /// The provider refused; words and hint are fit to be shown.
    case refused(TokenError, Remedy, until: SessionInstant?)

    /// No answer that can be used.
    ///
    /// `mayHaveArrived`: whether it may have spent what was presented; `isWorthRepeating`: whether it may work the next second.
    case failed(TokenError, mayHaveArrived: Bool, isWorthRepeating: Bool)

    /// Nothing could be sent, and sending it again would not change that.
    case invalid(TokenError)
}
