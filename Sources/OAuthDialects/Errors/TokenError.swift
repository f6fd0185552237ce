public import Foundation

/// What went wrong, and what an app can do about it: show it, retry it, or alert someone.
///
/// An error never contains a secret: the provider's text is truncated to 512 bytes, escaped, and scrubbed of every secret of the
/// exchange.
public struct TokenError: Error, Sendable {
    /// One reference, so that an error costs a session 8 bytes.
    private final class Storage: Sendable {
        let code: Code
        let message: String
        let hint: String?
        let isTransient: Bool
        let retryAt: Date?
        let refusal: Refusal?
        let underlying: UnderlyingError?

        init(
            _ code: Code,
            _ message: String,
            _ hint: String?,
            _ isTransient: Bool,
            _ retryAt: Date?,
            _ refusal: Refusal?,
            _ underlying: UnderlyingError?
        ) {
            self.code = code
            self.message = message
            self.hint = hint
            self.isTransient = isTransient
            self.retryAt = retryAt
            self.refusal = refusal
            self.underlying = underlying
        }
    }

    private let storage: Storage

    /// Creates an error; no argument may contain a secret.
    public init(
        _ code: Code,
        _ message: String,
        hint: String? = nil,
        isTransient: Bool = false,
        retryAt: Date? = nil,
        refusal: Refusal? = nil,
        underlying: UnderlyingError? = nil
    ) {
        storage = Storage(code, message, hint, isTransient, retryAt, refusal, underlying)
    }

    /// The kind of failure.
    public var code: Code { storage.code }

    /// What happened, in a sentence.
    public var message: String { storage.message }

    /// What to do about it, if that is known.
    public var hint: String? { storage.hint }

    /// Whether the same call may succeed later without any change.
    public var isTransient: Bool { storage.isTransient }

    /// When the session tries again, by the wall clock; `nil` if it won't, or may try at once.
    public var retryAt: Date? { storage.retryAt }

    /// What the provider said, if the provider refused.
    public var refusal: Refusal? { storage.refusal }

    /// The error that caused this one, without its URL: a `URLError`'s domain, code, and text, for instance.
    public var underlying: UnderlyingError? { storage.underlying }

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

    /// The same error with each of its texts changed.
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
}

extension TokenError: Redacted, LocalizedError {
    package var redacted: String {
        var parts = ["\(code): \(message)"]
        if let hint { parts.append(hint) }
        if let retryAt { parts.append("Next attempt at \(retryAt.formatted(.iso8601)).") }
        return parts.joined(separator: " ")
    }

    public var errorDescription: String? { message }
    public var recoverySuggestion: String? { hint }
    public var failureReason: String? { refusal?.message ?? underlying?.message }
}
