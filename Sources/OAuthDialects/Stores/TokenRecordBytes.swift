public import Foundation

extension TokenRecord {
    /// The version of the format that ``bytes`` writes.
    public static let formatVersion = 1

    /// The record as JSON, tokens included: for a store, and for nothing else.
    ///
    /// Encoding throws only for a date that is no finite number.
    public var bytes: Data {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            return try encoder.encode(Stored(self))
        }
    }

    /// Reads what ``bytes`` wrote.
    ///
    /// - Throws: ``TokenError`` with the code ``TokenError/Code/unreadableRecord`` if the bytes are no record,
    ///   ``TokenError/Code/newerRecord`` if they are one of a newer format.
    public init(bytes: Data) throws {
        let version = (try? JSONDecoder().decode(Format.self, from: bytes))?.version
        if let version, version > Self.formatVersion {
            throw TokenError(
                .newerRecord,
                "The stored record has format \(version); this version reads up to \(Self.formatVersion).",
                hint: "Update every process that shares the store."
            )
        }
        guard let stored = try? JSONDecoder().decode(Stored.self, from: bytes) else {
            throw TokenError(.unreadableRecord, "The stored record can't be read: \(bytes.count) bytes.")
        }
        do { try self.init(stored) } catch {
            throw TokenError(
                .unreadableRecord,
                "The stored record holds no usable token.",
                underlying: UnderlyingError(error)
            )
        }
    }

    private init(_ stored: Stored) throws {
        let accessToken = stored.accessToken.map { Secret($0) }
        if let accessToken { try TokenText.check(accessToken, named: "stored access token") }
        self.init(
            generation: Generation(number: stored.generation, id: stored.generationID),
            accessToken: accessToken,
            requestedAt: Date(timeIntervalSince1970: stored.requestedAt),
            lifetime: stored.lifetime.map { .seconds(min(max($0, 0), Lifetime.longest.components.seconds)) },
            scopes: stored.scopes,
            refreshToken: try stored.refreshToken.map { try RefreshToken($0) },
            refreshStanding: RefreshStanding(rawValue: stored.refreshStanding) ?? .dead,
            refreshTokenEndsAt: stored.refreshTokenEndsAt.map { Date(timeIntervalSince1970: $0) },
            idToken: stored.idToken.map { Secret($0) }
        )
        guard let refreshToken else {
            withheldFingerprint = stored.refreshFingerprint
            return
        }
        if let known = stored.refreshFingerprint, known != fingerprint(of: refreshToken) { refreshStanding = .ready }
    }
}

/// What every format has.
private struct Format: Decodable {
    let version: Int
}

/// The shape of a record on disk; dates in seconds since 1970, lifetimes in seconds.
private struct Stored: Codable {
    let version: Int
    let generation: Int
    let generationID: String
    let accessToken: String?
    let requestedAt: Double
    let lifetime: Int64?
    let scopes: [String]
    let refreshToken: String?
    let refreshStanding: String
    let refreshFingerprint: String?
    let refreshTokenEndsAt: Double?
    let idToken: String?

    init(_ record: TokenRecord) {
        version = TokenRecord.formatVersion
        generation = record.generation.number
        generationID = record.generation.id
        accessToken = record.accessToken?.revealed
        requestedAt = record.requestedAt.timeIntervalSince1970
        lifetime = record.lifetime.map { Lifetime.bounded($0).components.seconds }
        scopes = record.scopes
        refreshToken = record.refreshToken?.value.revealed
        refreshStanding = record.refreshStanding.rawValue
        refreshFingerprint = record.refreshFingerprint
        refreshTokenEndsAt = record.refreshTokenEndsAt?.timeIntervalSince1970
        idToken = record.idToken?.revealed
    }
}
