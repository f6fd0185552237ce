extension WireConventions {
    /// A field of RFC 6749 and its extensions, which a provider may call something else.
    public struct Field: Sendable, Hashable {
        /// The name in the RFC.
        package let standardName: String

        private init(_ standardName: String) { self.standardName = standardName }

        /// The field with a standard name.
        package init?(_ standardName: String?) {
            guard let field = Self.all.first(where: { $0.standardName == standardName }) else { return nil }
            self = field
        }

        /// The grant's type.
        public static let grantType = Self("grant_type")
        /// The client's identifier.
        public static let clientID = Self("client_id")
        /// The client's secret.
        public static let clientSecret = Self("client_secret")
        /// The code from a sign-in.
        public static let code = Self("code")
        /// The redirect URI of the sign-in.
        public static let redirectURI = Self("redirect_uri")
        /// The secret of PKCE (RFC 7636).
        public static let codeVerifier = Self("code_verifier")
        /// A refresh token, in a request or in an answer.
        public static let refreshToken = Self("refresh_token")
        /// The scopes, in a request or in an answer.
        public static let scope = Self("scope")
        /// The access token of an answer.
        public static let accessToken = Self("access_token")
        /// The access token's type.
        public static let tokenType = Self("token_type")
        /// The access token's lifetime in seconds.
        public static let expiresIn = Self("expires_in")
        /// The date at which the access token expires: an ISO 8601 text, or seconds or milliseconds since 1970.
        public static let expiresAt = Self("expires_at")
        /// The refresh token's lifetime in seconds.
        public static let refreshTokenExpiresIn = Self("refresh_token_expires_in")
        /// The date at which the refresh token expires, written as ``expiresAt`` is.
        public static let refreshTokenExpiresAt = Self("refresh_token_expires_at")

        // Names that no conventions change.
        package static let responseType = Self("response_type")
        package static let state = Self("state")
        package static let codeChallenge = Self("code_challenge")
        package static let codeChallengeMethod = Self("code_challenge_method")
        package static let token = Self("token")
        package static let tokenTypeHint = Self("token_type_hint")
        package static let idToken = Self("id_token")

        package static let all: [Self] = [
            .grantType, .clientID, .clientSecret, .code, .redirectURI, .codeVerifier, .refreshToken, .scope,
            .responseType, .state, .codeChallenge, .codeChallengeMethod, .accessToken, .tokenType, .expiresIn,
            .expiresAt, .refreshTokenExpiresIn, .refreshTokenExpiresAt, .token, .tokenTypeHint, .idToken,
        ]
    }
}
