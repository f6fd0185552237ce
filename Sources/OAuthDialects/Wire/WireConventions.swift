/// What RFC 6749 leaves open, or what a provider does differently, as data.
public struct WireConventions: Sendable {
    /// How a token request's body is encoded.
    public enum BodyEncoding: Sendable {
        /// `application/x-www-form-urlencoded`, as in RFC 6749.
        case form

        /// A flat JSON object.
        case json
    }

    /// How field names are spelled.
    public enum FieldNaming: Sendable {
        /// `grant_type`.
        case snakeCase

        /// `grantType`.
        case camelCase
    }

    /// How the client authenticates (RFC 6749, section 2.3).
    public enum ClientAuthentication: Sendable {
        /// HTTP Basic with `id:secret` unencoded.
        case basic

        /// HTTP Basic with the id and the secret each form-encoded first (RFC 6749, section 2.3.1).
        case basicFormEncoded

        /// The id and the secret as fields of the body.
        case body

        /// A public client: the id as a field of the body, without a secret.
        case publicClient
    }

    /// What happens to a refresh token that was used.
    public enum Rotation: Sendable {
        /// Each use returns a new one and invalidates the old one.
        case rotates

        /// It can be used again.
        case reusable

        /// Unknown: treated as ``rotates``, because the other guess could lose the sign-in.
        case unknown
    }

    /// Whether authorization requests use PKCE.
    public enum PKCE: Sendable {
        /// PKCE with SHA-256 (RFC 7636).
        case s256

        /// No PKCE, for a provider that does not document it.
        case unsupported
    }

    /// How a token request's body is encoded.
    public var bodyEncoding: BodyEncoding

    /// How field names are spelled.
    public var fieldNaming: FieldNaming

    /// How the client authenticates (RFC 6749, section 2.3).
    public var clientAuthentication: ClientAuthentication

    /// The separator between scopes.
    public var scopeSeparator: String

    /// Fields that are added to every token request.
    public var extraFields: [WireField]

    /// Nonstandard fields of this provider's token answers, which are then not reported as deviations.
    public var answerFields: [String]

    /// What happens to a refresh token that was used.
    public var refreshTokenRotation: Rotation

    /// Whether authorization requests use PKCE; a public client always does.
    public var pkce: PKCE

    /// The scope that a sign-in needs to get a refresh token, such as `offline`; `nil` if there is none.
    public var offlineScope: String?

    /// This provider's own names of standard fields, by their names in RFC 6749: `["client_id": "client_key"]` for TikTok.
    public var fieldNames: [String: String]

    /// Whether a sign-in must ask for a scope, as Revenue Monster's table of parameters says.
    package var signInNeedsScope = false

    /// Creates conventions; the defaults are RFC 6749's, with PKCE as RFC 9700 requires.
    public init(
        bodyEncoding: BodyEncoding = .form,
        fieldNaming: FieldNaming = .snakeCase,
        fieldNames: [String: String] = [:],
        clientAuthentication: ClientAuthentication = .basicFormEncoded,
        scopeSeparator: String = " ",
        extraFields: [WireField] = [],
        answerFields: [String] = [],
        refreshTokenRotation: Rotation = .unknown,
        pkce: PKCE = .s256,
        offlineScope: String? = nil
    ) {
        self.bodyEncoding = bodyEncoding
        self.fieldNaming = fieldNaming
        self.fieldNames = fieldNames
        self.clientAuthentication = clientAuthentication
        self.scopeSeparator = scopeSeparator
        self.extraFields = extraFields
        self.answerFields = answerFields
        self.refreshTokenRotation = refreshTokenRotation
        self.pkce = pkce
        self.offlineScope = offlineScope
    }

    /// This provider's name of a standard field, which is given in snake case.
    package func name(_ standard: String) -> String {
        if let name = fieldNames[standard] { return name }
        guard fieldNaming == .camelCase else { return standard }
        let words = standard.split(separator: "_")
        return words.dropFirst().reduce(into: String(words.first ?? "")) {
            $0 += $1.prefix(1).uppercased() + $1.dropFirst()
        }
    }

    /// The same conventions for a provider that requires a scope to sign in.
    var requiringScopeToSignIn: Self {
        var conventions = self
        conventions.signInNeedsScope = true
        return conventions
    }
}
