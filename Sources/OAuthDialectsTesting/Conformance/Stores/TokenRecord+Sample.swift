internal import Foundation
public import OAuthDialects

extension TokenRecord {
    /// A record for the tests of a store.
    ///
    /// - Parameters:
    ///   - generation: the record's generation.
    ///   - accessToken: the access token; `nil` makes the record of a sign-out.
    ///   - refreshToken: the refresh token.
    /// - Returns: a record that equals others with the same arguments.
    public static func sample(
        generation: Int,
        accessToken: Secret? = "sample-access-token",
        refreshToken: RefreshToken? = nil
    ) -> TokenRecord {
        TokenRecord(
            generation: generation,
            id: "\(generation)",
            accessToken: accessToken,
            requestedAt: Date(timeIntervalSince1970: 1_767_225_600),
            lifetime: .seconds(3600),
            refreshToken: refreshToken
        )
    }
}
