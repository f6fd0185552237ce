/// Why a request was turned away, in kind for the provider's answer and in words for the transcript.
struct SandboxRefusal: Error {
    enum Kind: Sendable {
        case notFound, methodNotAllowed
        case emptyBody, badRequest
        case invalidClient, unsupportedGrant, invalidScope
        case invalidGrant, tokenReused
        case missingToken, invalidToken, expiredToken
        case internalError, unavailable, tooManyRequests
    }

    let kind: Kind

    /// What was wrong, for a person; never a value from the wire.
    let words: String

    /// Whether no client should have made the request, whatever the tokens.
    let isMisuse: Bool

    init(_ kind: Kind, _ words: String, isMisuse: Bool = false) {
        self.kind = kind
        self.words = words
        self.isMisuse = isMisuse
    }

    static func misuse(_ kind: Kind, _ words: String) -> Self {
        Self(kind, words, isMisuse: true)
    }
}
