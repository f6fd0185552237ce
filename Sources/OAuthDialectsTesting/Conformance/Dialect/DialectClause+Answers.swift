extension DialectClause {
    // MARK: Signing in

    /// The URL to which the user's browser goes.
    public static let signInURL = Self(
        "signInURL",
        "Signing in (RFC 6749, section 4.1.1)",
        "Return the documented address from authorizationEndpoint, and its names in conventions.request.names."
    )

    /// The challenge and the verifier of PKCE are sent if the conventions say so.
    public static let pkce = Self(
        "pkce",
        "PKCE (RFC 7636)",
        "Send the verifier with the code, or set conventions.pkce to unsupported if the provider has no PKCE."
    )

    // MARK: Token answers

    /// Lifetimes and dates of expiry of every kind.
    public static let lifetimes = Self(
        "lifetimes",
        "Reading lifetimes",
        "Read lifetimes with WireConventions.tokens(in:for:), and name their members in conventions.answer.names."
    )

    /// Tokens, scopes, and extras.
    public static let tokenAnswers = Self(
        "tokenAnswers",
        "Reading token answers",
        "Describe the answer in conventions.answer, or pass its shape as answering: if tokens(in:for:) is your own."
    )

    /// An answer without a usable token is an error.
    public static let unreadableAnswers = Self(
        "unreadableAnswers",
        "Unreadable token answers",
        "Throw a TokenError with the code unreadableAnswer if an answer has no usable token."
    )

    // MARK: Refusals

    /// Every error status is a refusal, whatever the body.
    public static let refusals = Self(
        "refusals",
        "Refusals",
        "Return a refusal for every error status; WireResponse.refusal finds code and message in the usual places."
    )

    /// A refusal with status 200 yields no token.
    public static let refusalsAt200 = Self(
        "refusalsAt200",
        "Refusals with status 200",
        "Set conventions.refusal.success and codes to the members that deny success."
    )

    /// Temporary refusals are retried, after the time that the provider states.
    public static let transientRefusals = Self(
        "transientRefusals",
        "Temporary refusals",
        "Fall back to Remedy.standard(for:of:), and read Retry-After, as WireResponse.refusal does."
    )

    /// The codes of RFC 6749 and of the conventions have their documented meaning.
    public static let remedies = Self(
        "remedies",
        "Remedies (RFC 6749, section 5.2)",
        "List the provider's codes in conventions.refusal.remedies; a remedy(for:of:) of your own takes their place."
    )

    /// An unknown error word does not end a user's sign-in.
    public static let unknownWords = Self(
        "unknownWords",
        "Unknown words end no sign-in",
        "Return discardGrant only for codes that the provider documents for a dead grant."
    )

    // MARK: API requests

    /// The token is in the one place that the conventions name.
    public static let tokenPlacement = Self(
        "tokenPlacement",
        "API requests (RFC 6750, section 2)",
        "Set conventions.tokenPlacement, or replace the older token in authorize(_:for:)."
    )

    /// Only the documented answers of an API reject a token.
    public static let tokenRejections = Self(
        "tokenRejections",
        "Rejections (RFC 6750, section 3.1)",
        "List the API's codes in conventions.refusal.rejections; a missing permission or an outage is no rejection."
    )

    // MARK: Secrecy

    /// Printed requests and errors contain no secret.
    public static let redaction = Self(
        "redaction",
        "Nothing secret is printed",
        "Create secret fields with WireField(_:secret:), put no token into a path, and no values into errors."
    )

    /// A refusal that quotes a secret does not reveal it.
    public static let quotedSecrets = Self(
        "quotedSecrets",
        "Quoted secrets",
        "Keep secrets out of messages and names of fields, so that the session can remove them."
    )

    // MARK: Sessions

    /// A whole session of a client.
    public static let clientSessions = Self(
        "clientSessions",
        "A client's session",
        "Read the sandbox's complaint, or pass the provider as playedBy: if it answers in another way."
    )

    /// A whole session of a user.
    public static let userSessions = Self(
        "userSessions",
        "A user's session",
        "Read the sandbox's complaint, or pass the provider as playedBy: if it answers in another way."
    )
}
