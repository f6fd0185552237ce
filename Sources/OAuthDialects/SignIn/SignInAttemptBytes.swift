public import Foundation

extension SignInAttempt {
    /// The version of the format that ``bytes`` writes.
    static let formatVersion = 1

    /// The attempt as JSON, with the state and the verifier, for a server's own store of browser sessions.
    ///
    /// The bytes are not encrypted: encrypt them before they leave the server, in a cookie for instance.
    public var bytes: Data {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            return try encoder.encode(Stored(self))
        }
    }

    /// Reads what ``bytes`` wrote.
    ///
    /// - Throws: ``TokenError`` with the code ``TokenError/Code/signInExpired`` if the bytes are not an attempt in this format.
    public init(bytes: Data) throws {
        guard let stored = try? JSONDecoder().decode(Stored.self, from: bytes),
            stored.version == Self.formatVersion, let url = URL(string: stored.url),
            let account = try? Account(stored.account, isPersonal: stored.isPersonal ?? false)
        else {
            throw TokenError(.signInExpired, "The bytes are not a sign-in that this version can read.", hint: Self.anew)
        }
        self.init(
            url: url,
            dialect: stored.dialect,
            account: account,
            redirectURI: stored.redirectURI,
            state: Secret(stored.state),
            codeVerifier: stored.codeVerifier.map { Secret($0) },
            scopes: stored.scopes,
            madeAt: Date(timeIntervalSince1970: stored.madeAt),
            endpoint: stored.endpoint,
            issuer: stored.issuer
        )
    }

    static let anew = "Begin a new sign-in."
}

private struct Stored: Codable {
    let version: Int
    let url: String
    let dialect: String
    let account: String
    /// `nil` unless the account is personal.
    let isPersonal: Bool?
    let redirectURI: String
    let state: String
    let codeVerifier: String?
    let scopes: [String]
    let madeAt: Double
    let endpoint: String
    let issuer: String?

    init(_ attempt: SignInAttempt) {
        version = SignInAttempt.formatVersion
        url = attempt.url.absoluteString
        dialect = attempt.dialect
        account = attempt.account.name
        isPersonal = attempt.account.isPersonal ? true : nil
        redirectURI = attempt.redirectURI
        state = attempt.state.revealed
        codeVerifier = attempt.codeVerifier?.revealed
        scopes = attempt.scopes
        madeAt = attempt.madeAt.timeIntervalSince1970
        endpoint = attempt.endpoint
        issuer = attempt.issuer
    }
}
