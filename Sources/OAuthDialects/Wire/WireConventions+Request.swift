extension WireConventions {
    /// How token requests are written.
    public struct TokenRequest: Sendable {
        /// How the fields are encoded.
        public enum BodyEncoding: Sendable {
            /// `application/x-www-form-urlencoded`, as in RFC 6749.
            case form

            /// A flat JSON object.
            case json

            /// No body: a `GET` with the fields, and their secrets, in the URL's query, which is never shown.
            ///
            /// It is sent once, except on Apple platforms: there `URLSession` may repeat a `GET` whose connection was lost.
            case query
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

            /// The id and the secret as fields of the request.
            case body

            /// A public client: the id as a field of the request, without a secret.
            case publicClient

            /// Nothing: a signature or the grant says who asks.
            case none
        }

        /// How the fields are encoded.
        public var bodyEncoding = BodyEncoding.form

        /// How field names are spelled.
        public var fieldNaming = FieldNaming.snakeCase

        /// How the client authenticates (RFC 6749, section 2.3).
        public var clientAuthentication = ClientAuthentication.basicFormEncoded

        /// This provider's own names of fields, in sign-in URLs too: `[.clientID: "client_key"]` for TikTok.
        public var names: [Field: String] = [:]

        /// This provider's own words for values, in sign-in URLs too: `[.grantType: ["client_credentials": "client_credential"]]` for WeChat.
        public var values: [Field: [String: String]] = [:]

        /// Fields that token requests leave out; sign-in URLs have them, and ``clientAuthentication-swift.property`` decides about
        /// the client's id and secret.
        public var omitted: Set<Field> = []

        /// Fields that are added to every token request.
        public var added: [WireField] = []

        /// Whether a request for a code or with a refresh token names the client although a header authenticates it.
        public var repeatsClientID = false

        /// Whether a refresh asks for the identity's scopes again.
        public var repeatsScopes = false

        /// RFC 6749's.
        package init() {}
    }

    /// This provider's name of a field of a request.
    package func name(_ field: Field) -> String {
        request.names[field] ?? spelled(field)
    }

    /// This provider's name of a field that is given by its standard name.
    package func name(_ standard: String) -> String {
        Field(standard).map(name) ?? standard
    }

    /// This provider's name of a member of an answer.
    package func answerName(_ field: Field) -> String {
        answer.names[field] ?? spelled(field)
    }

    /// A field's standard name as this provider spells names.
    func spelled(_ field: Field) -> String {
        guard request.fieldNaming == .camelCase else { return field.standardName }
        let words = field.standardName.split(separator: "_")
        return words.dropFirst().reduce(into: String(words.first ?? "")) {
            $0 += $1.prefix(1).uppercased() + $1.dropFirst()
        }
    }
}
