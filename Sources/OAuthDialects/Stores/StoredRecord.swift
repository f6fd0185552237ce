internal import Foundation

/// A record as JSON: dates in seconds since 1970, lifetimes in seconds.
struct StoredRecord: Codable {
    let version: Int
    let generation: Int
    let generationID: String
    let accessToken: String?
    let requestedAt: Double
    let lifetime: Int64?
    let scopes: [String]
    let refreshToken: String?
    let refreshStanding: String
    let refreshTokenEndsAt: Double?
    let idToken: String?

    init(_ record: TokenRecord) {
        version = TokenRecord.formatVersion
        generation = record.generation
        generationID = record.id
        accessToken = record.accessToken?.revealed
        requestedAt = record.requestedAt.timeIntervalSince1970
        lifetime = record.lifetime.map { Lifetime.bounded($0).components.seconds }
        scopes = record.scopes
        refreshToken = record.refreshToken?.value.revealed
        refreshStanding = record.refreshStanding.rawValue
        refreshTokenEndsAt = record.refreshTokenEndsAt?.timeIntervalSince1970
        idToken = record.idToken?.revealed
    }

    /// The record.
    ///
    /// - Throws: ``TokenError`` if a token has characters that no token has.
    var record: TokenRecord {
        get throws {
            let accessToken = accessToken.map { Secret($0) }
            if let accessToken { try TokenText.check(accessToken, named: "stored access token") }
            return TokenRecord(
                generation: generation,
                id: generationID,
                accessToken: accessToken,
                requestedAt: Date(timeIntervalSince1970: requestedAt),
                lifetime: lifetime.map { .seconds(min(max($0, 0), Lifetime.longest.components.seconds)) },
                scopes: scopes,
                refreshToken: try refreshToken.map { try RefreshToken($0) },
                refreshStanding: TokenRecord.RefreshStanding(rawValue: refreshStanding) ?? .dead,
                refreshTokenEndsAt: refreshTokenEndsAt.map { Date(timeIntervalSince1970: $0) },
                idToken: idToken.map { Secret($0) }
            )
        }
    }
}
