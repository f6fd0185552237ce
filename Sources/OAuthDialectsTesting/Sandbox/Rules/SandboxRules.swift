internal import Foundation
internal import OAuthDialects

/// How one provider's servers behave, as data.
///
/// The shipped rules follow the providers' documents, not the dialects that they test.
struct SandboxRules: Sendable {
    /// The shape of a token's text.
    enum TokenShape: Sendable {
        /// Three random parts separated by dots, like a JWT.
        case threeParts

        /// That many random letters.
        case letters(Int)

        /// Two random parts of 43 characters, as ORY Hydra issues them.
        case twoParts
    }

    /// The provider's display name.
    let title: String

    /// The token endpoints' paths, and the grant types that each accepts.
    let tokenPaths: [String: Set<String>]

    let body: WireConventions.TokenRequest.BodyEncoding
    let naming: WireConventions.TokenRequest.FieldNaming
    let client: WireConventions.TokenRequest.ClientAuthentication
    let scopeSeparator: String

    /// Names that token requests may contain besides the standard fields.
    var harmlessFields: Set<String> = []

    let accessLifetime: @Sendable (_ grant: String) -> Duration
    let refreshLifetime: Duration
    let rotation: RefreshTokenRotation
    let accessShape: TokenShape
    let refreshShape: TokenShape

    /// Whether a grant yields a refresh token.
    let givesRefreshToken: @Sendable (_ grant: String, _ scopes: [String]) -> Bool

    /// Whether a failed attempt also uses up the authorization code.
    let spendsCodeOnFailure: Bool

    /// The body of a successful token response.
    let answer: @Sendable (SandboxIssue) -> JSONValue

    /// The status, error code, and message for each kind of refusal.
    let wording: @Sendable (SandboxRefusal.Kind) -> SandboxWording

    /// The body of an error response from the token endpoint.
    let tokenError: @Sendable (SandboxWording, _ words: String) -> JSONValue

    /// The body of an error response from the API.
    let resourceError: @Sendable (SandboxWording, _ words: String) -> JSONValue

    /// Creates the dialect for the root URL of a server.
    let dialect: @Sendable (URL, _ apiHosts: [String]) -> any ProviderDialect

    /// The path of the authorization endpoint.
    let authorizationPath: String

    /// Whether the provider supports PKCE; if it doesn't, a code challenge is a complaint.
    var knowsPKCE = false

    /// Whether an authorization request has to contain a scope.
    var wantsScope = false

    /// The minimum length of `state`.
    var minimumStateLength = 0

    /// Whether the callback lists the granted scopes.
    var tellsGrantedScopes = false

    /// Whether failed client authentication gets a `WWW-Authenticate: Basic` header (RFC 6749, section 5.2).
    var asksForBasic = false

    /// The path of the revocation endpoint (RFC 7009); `nil` if there is none.
    var revocationPath: String?

    /// A revocation that the dialect writes in its own way.
    var ownRevocation: OwnRevocation?

    /// The provider's own names for standard fields.
    var names: [String: String] = [:]

    /// The provider's own words for values of standard fields.
    var values: [String: [String: String]] = [:]

    /// How the client authenticates, by the types of grants with which it does so in another way.
    var clients: [String: WireConventions.TokenRequest.ClientAuthentication] = [:]

    /// The paths of token endpoints whose requests may have no body.
    var emptyPaths: Set<String> = []

    /// Whether a JSON body may contain numbers and flags.
    var takesNumbers = false

    /// The methods of the token endpoints that don't take `POST`, by their paths.
    var methods: [String: String] = [:]

    /// The queries that belong to the URLs of token endpoints, by their paths.
    var queries: [String: String] = [:]

    /// The parameters that belong to the authorization endpoint's URL.
    var authorizationQuery: Set<String> = []

    /// The issuer that its callbacks name (RFC 9207).
    var issuer: String?

    /// The parameters of a sign-in that an exchange of its code does not repeat.
    var notRepeated: Set<String> = []

    /// Whether token requests name the type of their grant.
    var sendsGrantType = true

    /// Whether a refresh has to ask for the scopes again.
    var repeatsScopes = false

    /// Where API requests carry the token.
    var placement = WireConventions.TokenPlacement.bearer

    /// The shape of token answers, if it follows from a dialect.
    var answerShape: TokenAnswerShape?

    /// Whether token answers have a `Date` header, from which a date of expiry counts.
    var statesDate = false

    /// The extras of token answers.
    var extras: [String: Secret] = [:]

    /// The objection of the user's test to a request; `nil` if the request is right.
    var objection: (@Sendable (WireRequest) -> String?)?

    /// The token paths of every shipped provider: a request to one of them is a token request, even at the wrong provider.
    static let allTokenPaths: Set<String> = ["/v1/token", "/auth/token", "/auth/refresh", "/sc/oauth2/token"]

    /// A standard field's name as this provider spells it.
    func name(_ standard: String) -> String {
        names[standard] ?? WireConventions { $0.request.fieldNaming = naming }.name(standard)
    }

    /// The standard word for a value that this provider may call something else.
    func standardValue(_ value: String, of standard: String) -> String {
        values[standard]?.first { $0.value == value }?.key ?? value
    }

    /// The method that the token endpoint at a path takes.
    func method(at path: String) -> String { methods[path] ?? "POST" }

    var mediaType: String {
        body == .form ? "application/x-www-form-urlencoded" : "application/json"
    }
}

/// The status, error code, and message of a provider's error response.
struct SandboxWording: Sendable {
    var status: Int
    let code: String
    let message: String
}

/// The tokens that were issued for a grant.
struct SandboxIssue: Sendable {
    let grant: String
    let accessToken: String
    let lifetime: Int
    let refreshToken: String?
    let refreshLifetime: Int
    let scopes: [String]
    let date: Date
}
