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
    let isRefreshSent: Bool
    let refusals: Refusals?
    let refreshTokenEndsAt: Double?
    let idToken: String?
    let extras: [String: String]?
    let signIn: SignIn?

    /// How often the refresh token was refused, and between which dates.
    struct Refusals: Codable {
        enum Kind: String, Codable { case early, definite, unknown }

        let kind: Kind
        let count: Int
        let first: Double
        let last: Double
    }

    struct SignIn: Codable {
        let id: String
        let date: Double
        let trial: String
    }

    init(_ record: TokenRecord) {
        version = record.extras.isEmpty ? 1 : TokenRecord.formatVersion
        generation = record.generation
        generationID = record.id
        accessToken = record.accessToken?.revealed
        requestedAt = record.requestedAt.timeIntervalSince1970
        lifetime = record.lifetime.map { Lifetime.bounded($0).components.seconds }
        scopes = record.scopes
        refreshToken = record.refreshToken?.value.revealed
        isRefreshSent = record.refreshStanding.isSent
        refusals = Refusals(record.refreshStanding.refusals)
        refreshTokenEndsAt = record.refreshTokenEndsAt?.timeIntervalSince1970
        idToken = record.idToken?.revealed
        extras = record.extras.isEmpty ? nil : record.extras.mapValues(\.revealed)
        signIn = record.signIn.map {
            SignIn(id: $0.id, date: $0.date.timeIntervalSince1970, trial: $0.trial.rawValue)
        }
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
                refreshStanding: TokenRecord.RefreshStanding(isSent: isRefreshSent, refusals: refusals?.value ?? .none),
                refreshTokenEndsAt: refreshTokenEndsAt.map { Date(timeIntervalSince1970: $0) },
                idToken: idToken.map { Secret($0) },
                extras: (extras ?? [:]).mapValues { Secret($0) },
                signIn: signIn.map {
                    TokenRecord.SignIn(
                        id: $0.id,
                        date: Date(timeIntervalSince1970: $0.date),
                        trial: TokenRecord.SignIn.Trial(rawValue: $0.trial) ?? .new
                    )
                }
            )
        }
    }
}

extension StoredRecord.Refusals {
    fileprivate init?(_ refusals: TokenRecord.RefreshStanding.Refusals) {
        switch refusals {
        case .none: return nil
        case .early(let count, let last): self.init(.early, count, last, last)
        case .definite(let count, let last): self.init(.definite, count, last, last)
        case .unknown(let count, let first, let last): self.init(.unknown, count, first, last)
        }
    }

    private init(_ kind: Kind, _ count: Int, _ first: Date, _ last: Date) {
        (self.kind, self.count) = (kind, count)
        (self.first, self.last) = (first.timeIntervalSince1970, last.timeIntervalSince1970)
    }

    fileprivate var value: TokenRecord.RefreshStanding.Refusals {
        let (first, last) = (Date(timeIntervalSince1970: first), Date(timeIntervalSince1970: last))
        return switch kind {
        case .early: .early(count: count, last: last)
        case .definite: .definite(count: count, last: last)
        case .unknown: .unknown(count: count, first: first, last: last)
        }
    }
}
