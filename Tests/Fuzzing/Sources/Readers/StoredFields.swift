import Foundation
import OAuthDialects

/// The fields of a record as a store has them: the record itself does not show its tokens.
struct StoredFields: Decodable {
    static let key = SessionKey(identifier: "fuzzing")

    let accessToken: String?
    let refreshToken: String?
    let idToken: String?
    let scopes: [String]
    let lifetime: Int64?
    let requestedAt: Double
    let refreshTokenEndsAt: Double?

    /// Reads the fields; `nil` if the record can't be written.
    init?(_ record: TokenRecord) {
        guard let bytes = try? record.bytes(for: Self.key),
            let fields = try? JSONDecoder().decode(Self.self, from: bytes)
        else { return nil }
        self = fields
    }

    /// The tokens that nobody writes by chance.
    var secrets: [String] { [accessToken, refreshToken, idToken].compactMap(\.self).filter { $0.utf8.count > 24 } }
}
