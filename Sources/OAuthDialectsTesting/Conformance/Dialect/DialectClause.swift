/// A promise that the conformance kit checks of a dialect, by its stable name.
///
/// A provider's habit may force its dialect to break one. The test then excuses that clause, and says why:
///
/// ```swift
/// let report = await conformance(
///     of: HarbourDialect(),
///     excusing: [.tokenRejections: "Harbour answers 403 to an expired token."]
/// )
/// ```
public struct DialectClause: Sendable, Hashable, CustomStringConvertible {
    /// The stable name, such as `tokenRejections`, which reports show.
    public let name: String

    /// The promise, with its source if it has one.
    public let promise: String

    public var description: String { name }

    /// What to do about a failure.
    let advice: String

    init(_ name: String, _ promise: String, _ advice: String) {
        (self.name, self.promise, self.advice) = (name, promise, advice)
    }

    // MARK: Facts

    /// The name is lowercase ASCII and never changes.
    public static let name = Self(
        "name",
        "The name is stable",
        "Use lowercase ASCII letters, digits, and hyphens; a later change loses stored tokens."
    )

    /// Tokens go only to API origins, each with TLS or on loopback.
    public static let apiOrigins = Self(
        "apiOrigins",
        "Tokens go only to API origins",
        "List the API's hosts in apiOrigins, and let APIOrigins.adding(_:of:under:) check a host that an answer names."
    )

    /// Each grant has an endpoint, or the error `unsupportedGrant`.
    public static let tokenEndpoints = Self(
        "tokenEndpoints",
        "Token endpoints",
        "Return an https URL from tokenEndpoint(for:) for each grant that the provider supports, and nil for others."
    )

    /// The same input gives the same output.
    public static let determinism = Self(
        "determinism",
        "A dialect is a value",
        "Take date and nonce from the exchange or the access, and keep no state."
    )

    /// Stored members have the types of the protocol's.
    public static let memberTypes = Self(
        "memberTypes",
        "A stored member has the protocol's type",
        "Write URL(string:) without an exclamation mark, and let issuer: String?; of another type, the default is used."
    )

    /// A dialect that wraps another forwards every member.
    public static let forwarding = Self(
        "forwarding",
        "A wrapper forwards every member",
        "Forward the member to the wrapped dialect, or use overriding(_:)."
    )

    // MARK: Token requests

    /// Method, URL, and headers are those of the conventions.
    public static let requestTarget = Self(
        "requestTarget",
        "Token requests (RFC 6749, section 3.2)",
        "Send the request to tokenEndpoint(for:), and set conventions.request.bodyEncoding to .query if the provider takes GET."
    )

    /// The fields can be read, each is there once, and they are encoded as the conventions say.
    public static let requestBody = Self(
        "requestBody",
        "Encoding of token requests",
        "Set conventions.request.bodyEncoding, and let WireConventions.request(for:to:) encode the fields."
    )

    /// The fields have the names of the conventions.
    public static let fieldNames = Self(
        "fieldNames",
        "Field names",
        "Put the provider's names into conventions.request.names or fieldNaming, and its words into values."
    )

    /// The fields that the conventions add, omit, or repeat.
    public static let requestFields = Self(
        "requestFields",
        "Fields of the conventions",
        "Start from WireConventions.request(for:to:), or correct added, omitted, repeatsClientID, or repeatsScopes."
    )

    /// The values of a grant arrive unchanged.
    public static let grantValues = Self(
        "grantValues",
        "Lossless encoding of grants",
        "Send each value of the grant once and unchanged, or name the field in conventions.request.omitted."
    )

    /// The client's secret arrives unchanged, and a missing one is an error.
    public static let clientSecret = Self(
        "clientSecret",
        "Lossless encoding of the secret",
        "Set conventions.request.clientAuthentication to the way that the provider documents."
    )

    /// Each secret is sent in one place (RFC 6749, section 2.3.1).
    public static let secretPlaces = Self(
        "secretPlaces",
        "A secret is sent in one place (RFC 6749, section 2.3.1)",
        "Send a secret in one field or in one header, and in the URL only if the conventions say GET."
    )

    /// The requests equal the documented ones.
    public static let documentedRequests = Self(
        "documentedRequests",
        "As documented",
        "Compare the request with the provider's page; it or the example is wrong."
    )
}
