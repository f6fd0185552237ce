internal import Foundation

extension WireConventions {
    /// Reads a token answer as these conventions say, and leniently (RFC 6749, section 5.1).
    ///
    /// A date of expiry counts from the answer's own `Date` header, and without one from the date of the request. At a refresh, a
    /// lifetime, a date, or an extra that can't be read counts as absent: the refresh token beside it may be the only one that is
    /// left.
    ///
    /// - Throws: ``TokenError`` with the code ``TokenError/Code/unreadableAnswer`` if it contains no usable token, and unless it
    ///   answers a refresh, for a date of expiry that can't be read or lies in the past, and for an extra other than a text, number,
    ///   or flag of at most 1 KiB.
    public func tokens(in response: WireResponse, for exchange: TokenExchange) throws -> TokenSet {
        try read(response, for: exchange, isLenient: exchange.grant.isRefresh)
    }

    func read(_ response: WireResponse, for exchange: TokenExchange, isLenient: Bool) throws -> TokenSet {
        guard !response.isCutOff else {
            throw TokenError(.unreadableAnswer, "The token answer is larger than the limit: \(response).")
        }
        guard let fields = response.fields else {
            throw TokenError(.unreadableAnswer, "The token answer is not a JSON object: \(response).")
        }
        let reader = try TokenAnswerReader(
            conventions: self,
            fields: fields,
            headers: response.headers,
            requestedAt: exchange.date,
            isLenient: isLenient
        )
        return try reader.tokens
    }
}
