/// A grant that a client exchanges for tokens (RFC 6749, section 1.3).
public enum Grant: Sendable {
    /// The client's own credentials (RFC 6749, section 4.4).
    case clientCredentials(scopes: [String] = [])

    /// A refresh token (RFC 6749, section 6); pass scopes only to ask for fewer.
    case refreshToken(RefreshToken, scopes: [String] = [])

    /// The code from a sign-in (RFC 6749, section 4.1.3), with its PKCE verifier (RFC 7636) if one was used.
    case authorizationCode(Secret, redirectURI: String?, codeVerifier: Secret?)

    /// Any other grant, such as a signed assertion (RFC 7523) or a token exchange (RFC 8693): its type and its fields.
    ///
    /// The fields are sent in this order; a form may repeat one.
    case other(type: String, fields: [(String, Secret)])

    /// The value of `grant_type`.
    public var type: String {
        switch self {
        case .clientCredentials: "client_credentials"
        case .refreshToken: "refresh_token"
        case .authorizationCode: "authorization_code"
        case .other(let type, _): type
        }
    }

    var isRefresh: Bool { type == "refresh_token" }

    /// The requested scopes.
    package var scopes: [String] {
        switch self {
        case .clientCredentials(let scopes), .refreshToken(_, let scopes): scopes
        case .authorizationCode, .other: []
        }
    }

    /// The secrets in the grant, for scrubbing.
    var secrets: [Secret] {
        switch self {
        case .clientCredentials: []
        case .refreshToken(let token, _): [token.value]
        case .authorizationCode(let code, _, let verifier): [code] + (verifier.map { [$0] } ?? [])
        case .other(_, let fields): fields.map(\.1)
        }
    }
}
