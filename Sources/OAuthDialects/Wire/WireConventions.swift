/// What RFC 6749 leaves open, or what providers do otherwise, as data.
public struct WireConventions: Sendable {
    /// How a token request's body is encoded.
    public enum BodyEncoding: Sendable {
        /// `application/x-www-form-urlencoded`, as RFC 6749 has it.
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

    /// How the client proves who it is.
    public enum ClientAuthentication: Sendable {
        /// Basic over `id:secret` as they are.
        case basic

        /// Basic over `id:secret`, each form-encoded first (RFC 6749, section 2.3.1).
        case basicFormEncoded

        /// Id and secret as fields of the body.
        case body

        /// A public client: the id as a field of the body, no secret.
        case publicClient
    }

    /// What becomes of a refresh token that was used.
    public enum Rotation: Sendable {
        /// Each use yields a new one and kills the old one.
        case rotates

        /// It may be used again.
        case reusable

        /// Not known: treated as ``rotates``, because guessing wrong would cost the session.
        case unknown
    }

    /// What proves that whoever redeems a code is who asked for it.
    public enum PKCE: Sendable {
        /// PKCE with SHA-256 (RFC 7636).
        case s256

        /// Nothing beside the client's secret, for a provider that does not document PKCE.
        case unsupported
    }

    /// How a token request's body is encoded.
    public var bodyEncoding: BodyEncoding

    /// How field names are spelled.
    public var fieldNaming: FieldNaming

    /// How the client proves who it is.
    public var clientAuthentication: ClientAuthentication

    /// What stands between two scopes.
    public var scopeSeparator: String

    /// Fields that every token request of this provider carries.
    public var extraFields: [WireField]

    /// Fields of this provider's token answers besides the usual ones, which are no news then.
    public var answerFields: [String]

    /// What becomes of a refresh token that was used.
    public var refreshTokenRotation: Rotation

    /// What proves that whoever redeems a code is who asked for it; a public client has PKCE whatever this says.
    public var pkce: PKCE

    /// The scope without which a person's sign-in yields no refresh token, such as `offline`; `nil` if there is none.
    public var offlineScope: String?

    /// This provider's own names of standard fields, by their names in RFC 6749: `["client_id": "client_key"]` for TikTok.
    public var fieldNames: [String: String]

    /// Whether a sign-in must ask for a scope, as Revenue Monster's table of parameters says.
    package var signInNeedsScope = false

    /// Makes conventions; the defaults are RFC 6749's, with PKCE as RFC 9700 wants it.
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

    /// A standard field's name, given in snake case, as this provider spells it.
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
