package import Foundation

extension WireConventions {
    /// Revokes the refresh token, which ends its access tokens as well (RFC 7009, section 2.1), or else the access token.
    package func revocation(of tokens: TokenSet, by client: ClientCredentials, at endpoint: URL) throws -> WireRequest {
        let kind = tokens.refreshToken == nil ? Field.accessToken : .refreshToken
        let token = tokens.refreshToken?.value ?? tokens.accessToken
        let fields = [WireField(name(.token), secret: token), WireField(name(.tokenTypeHint), kind.standardName)]
        return try request(fields: fields, by: client, to: endpoint)
    }
}
