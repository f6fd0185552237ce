public import Foundation

/// What went wrong, for the caller to act on: show it, retry it, or wake somebody.
///
/// It never holds a secret: the provider's words are cut at 512 bytes, escaped, and cleared of every secret of the exchange.
public struct TokenError: Error, Sendable, LocalizedError, CustomStringConvertible {
    /// What kind of failure it is.
    public let code: Code

    /// What happened, in a sentence.
    public let message: String

    /// What to do about it, where that is known.
    public let hint: String?

    /// Whether the same call may work later without anybody changing anything.
    public let isTransient: Bool

    /// When the session tries again by itself, by the wall clock; `nil` if it won't, or may at once.
    public let retryAt: Date?

    /// What the provider said, if it was the provider.
    public let refusal: Refusal?

    /// What lies beneath, without its URL: a `URLError`'s domain, code and text, for instance.
    public let underlying: UnderlyingError?

    /// Makes an error of which no part may hold a secret.
    public init(
        _ code: Code,
        _ message: String,
        hint: String? = nil,
        isTransient: Bool = false,
        retryAt: Date? = nil,
        refusal: Refusal? = nil,
        underlying: UnderlyingError? = nil
    ) {
        self.code = code
        self.message = message
        self.hint = hint
        self.isTransient = isTransient
        self.retryAt = retryAt
        self.refusal = refusal
        self.underlying = underlying
    }

    /// The same error with the time of the next attempt.
    func retrying(at date: Date?) -> Self {
        Self(
            code,
            message,
            hint: hint,
            isTransient: isTransient,
            retryAt: date,
            refusal: refusal,
            underlying: underlying
        )
    }

    /// The same error in other words.
    func rewording(_ reword: (String) -> String) -> Self {
        Self(
            code,
            reword(message),
            hint: hint.map(reword),
            isTransient: isTransient,
            retryAt: retryAt,
            refusal: refusal?.rewording(reword),
            underlying: underlying.map {
                UnderlyingError(domain: $0.domain, code: $0.code, message: reword($0.message))
            }
        )
    }

    public var description: String {
        var parts = ["\(code): \(message)"]
        if let hint { parts.append(hint) }
        if let retryAt { parts.append("Next attempt at \(retryAt.formatted(.iso8601)).") }
        return parts.joined(separator: " ")
    }

    public var errorDescription: String? { message }
    public var recoverySuggestion: String? { hint }
    public var failureReason: String? { refusal?.message ?? underlying?.message }
}
