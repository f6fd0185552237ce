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

    init(_ kind: Kind, _ words: String) {
        self.kind = kind
        self.words = words
    }
}
