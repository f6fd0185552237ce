public import Foundation
public import OAuthDialects

extension TokenRecord {
    /// A record for the tests of a store.
    ///
    /// - Parameters:
    ///   - generation: the record's generation.
    ///   - accessToken: the access token; `nil` makes the record of a sign-out.
    ///   - refreshToken: the refresh token.
    ///   - requestedAt: the date of the token request; the access token lives for an hour from then.
    /// - Returns: a record that equals others with the same arguments.
    public static func sample(
        generation: Int,
        accessToken: Secret? = "sample-access-token",
        refreshToken: RefreshToken? = nil,
        requestedAt: Date = Date(timeIntervalSince1970: 1_767_225_600)
    ) -> TokenRecord {
        TokenRecord(
            generation: generation,
            id: "\(generation)",
            accessToken: accessToken,
            requestedAt: requestedAt,
            lifetime: .seconds(3600),
            refreshToken: refreshToken
        )
    }
}
