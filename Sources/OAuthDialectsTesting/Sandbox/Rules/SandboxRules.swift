internal import Foundation
internal import OAuthDialects

/// How one provider's servers behave, as data: written from the documents and not from the dialect, which it is to judge.
struct SandboxRules: Sendable {
    /// The shape of a token's text.
    enum TokenShape: Sendable {
        /// Three parts like a JWT's, with nothing in them.
        case threeParts

        /// So many letters.
        case letters(Int)

        /// Two parts of 43 characters, as ORY Hydra makes them.
        case twoParts
    }

    /// The provider's name as people write it.
    let title: String

    /// The paths that take grants, and which.
    let tokenPaths: [String: Set<String>]

    let body: WireConventions.BodyEncoding
    let naming: WireConventions.FieldNaming
    let client: WireConventions.ClientAuthentication
    let scopeSeparator: String

    /// Fields of a token request beside those of every provider.
    var harmlessFields: Set<String> = []

    let accessLifetime: @Sendable (_ grant: String) -> Duration
    let refreshLifetime: Duration
    let rotation: RefreshTokenRotation
    let accessShape: TokenShape
    let refreshShape: TokenShape

    /// Whether a grant yields a refresh token.
    let givesRefreshToken: @Sendable (_ grant: String, _ scopes: [String]) -> Bool

    /// Whether a code is spent by an attempt that fails.
    let spendsCodeOnFailure: Bool

    /// The answer to a grant.
    let answer: @Sendable (SandboxIssue) -> JSONValue

    /// Status and words of a refusal.
    let wording: @Sendable (SandboxRefusal.Kind) -> SandboxWording

    /// A refusal of the token endpoint.
    let tokenError: @Sendable (SandboxWording, _ words: String) -> JSONValue

    /// A refusal of the API.
    let resourceError: @Sendable (SandboxWording, _ words: String) -> JSONValue

    /// The dialect for a server root.
    let dialect: @Sendable (URL, _ apiHosts: [String]) -> any ProviderDialect

    /// Where people sign in.
    let authorizationPath: String

    /// Whether it takes a code challenge; elsewhere one is a complaint.
    var knowsPKCE = false

    /// Whether a sign-in has to ask for a scope.
    var wantsScope = false

    /// How long a state has to be.
    var minimumStateLength = 0

    /// Whether the callback says what was granted.
    var tellsGrantedScopes = false

    /// Whether a refused client is answered with `WWW-Authenticate: Basic` (RFC 6749, section 5.2).
    var asksForBasic = false

    /// Where tokens are revoked (RFC 7009); `nil` if nowhere.
    var revocationPath: String?

    /// Names of standard fields that are the provider's own.
    var names: [String: String] = [:]

    /// Every provider's token paths, by which a request that has gone astray is known.
    static let allTokenPaths: Set<String> = ["/v1/token", "/auth/token", "/auth/refresh", "/sc/oauth2/token"]

    /// A standard field's name as this provider spells it.
    func name(_ standard: String) -> String {
        names[standard] ?? WireConventions(fieldNaming: naming).name(standard)
    }

    var mediaType: String {
        body == .form ? "application/x-www-form-urlencoded" : "application/json"
    }
}

/// The status and the provider's own words of a refusal.
struct SandboxWording: Sendable {
    var status: Int
    let code: String
    let message: String
}

/// What was issued for a grant.
struct SandboxIssue: Sendable {
    let grant: String
    let accessToken: String
    let lifetime: Int
    let refreshToken: String?
    let refreshLifetime: Int
    let scopes: [String]
}
