/// Why the sandbox refused a request: the kind decides the provider's response, the words go to the transcript.
struct SandboxRefusal: Error {
    enum Kind: Sendable {
        case notFound, methodNotAllowed
        case emptyBody, badRequest
        case invalidClient, unsupportedGrant, invalidScope
        case invalidGrant, tokenReused
        case missingToken, invalidToken, expiredToken
        case internalError, unavailable, tooManyRequests

        /// A refusal with an unknown code.
        case unknown
    }

    let kind: Kind

    /// What was wrong, in a sentence for people; contains no value from the request.
    let words: String

    /// Whether the request itself was incorrect, such as a wrong path or encoding; a dead token is not misuse.
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
