public import Foundation

/// What went wrong, and what an app can do about it: show it, retry it, or alert someone.
///
/// An error never contains a secret: the provider's text is truncated to 512 bytes, escaped, and scrubbed of every secret of the
/// exchange.
public struct TokenError: Error, Sendable {
    private struct Content: Sendable {
        let code: Code
        var message: String
        var hint: String?
        var isTransient: Bool
        var retryAt: Date?
        var refusal: Refusal?
        var underlying: UnderlyingError?
        var delivery: Delivery?
        var action: Action?
    }

    /// One reference, so that an error costs a session 8 bytes.
    private final class Storage: Sendable {
        let content: Content

        init(_ content: Content) { self.content = content }
    }

    private let storage: Storage

    private init(_ content: Content) { storage = Storage(content) }

    /// Creates an error; no argument may contain a secret.
    public init(
        _ code: Code,
        _ message: String,
        hint: String? = nil,
        isTransient: Bool = false,
        retryAt: Date? = nil,
        refusal: Refusal? = nil,
        underlying: UnderlyingError? = nil,
        delivery: Delivery? = nil
    ) {
        self.init(
            Content(
                code: code,
                message: message,
                hint: hint,
                isTransient: isTransient,
                retryAt: retryAt,
                refusal: refusal,
                underlying: underlying,
                delivery: delivery
            )
        )
    }

    /// The kind of failure.
    public var code: Code { storage.content.code }

    /// What happened, in a sentence that names the cause.
    public var message: String { storage.content.message }

    /// What to do about it, if that is known.
    public var hint: String? { storage.content.hint }

    /// Whether the same call is safe to repeat as it is, and may succeed later.
    ///
    /// `false` for an API request that may have been processed, unless its method is `GET`, `HEAD`, or `OPTIONS`: those change
    /// nothing (RFC 9110, section 9.2.1).
    public var isTransient: Bool { storage.content.isTransient }

    /// The earliest time of the session's next attempt, by the wall clock; `nil` if waiting does not help, or it may be at once.
    ///
    /// A call then starts the attempt, or ``TokenSession/run()`` does.
    public var retryAt: Date? { storage.content.retryAt }

    /// What the provider said, if the provider refused.
    public var refusal: Refusal? { storage.content.refusal }

    /// The error that caused this one, without its URL: a `URLError`'s domain, code, and text, for instance.
    public var underlying: UnderlyingError? { storage.content.underlying }

    /// What became of the API request; `nil` if the error is not about an API request.
    public var delivery: Delivery? { storage.content.delivery }

    /// What to do about the error.
    public var action: Action {
        if let action = storage.content.action { return action }
        if isTransient { return .retry }
        return delivery == .unknown ? .verify : code.action
    }

    private func changed(_ change: (inout Content) -> Void) -> Self {
        var content = storage.content
        change(&content)
        return Self(content)
    }

    /// The same error with the time of the next attempt; none where only a user or other code can help.
    func retrying(at date: Date?) -> Self {
        changed { $0.retryAt = [.signIn, .fix].contains(code.action) ? nil : date }
    }

    /// The same error with what became of the API request.
    func delivered(_ delivery: Delivery) -> Self {
        changed { $0.delivery = delivery }
    }

    /// The same error, with a message that names the provider: an app may have sessions at several.
    func naming(_ provider: String) -> Self {
        message.contains(provider) ? self : changed { $0.message = "\(provider): \(message)" }
    }

    /// The same error with what the API said when it rejected the token.
    func because(of rejection: Refusal?) -> Self { changed { $0.refusal = rejection } }

    /// The same error with something else to do than its code and its delivery say.
    func advising(_ action: Action) -> Self {
        changed { $0.action = action }
    }

    /// The same error with each of its texts changed.
    func rewording(_ reword: (String) -> String) -> Self {
        changed {
            $0.message = reword(message)
            $0.hint = hint.map(reword)
            $0.refusal = refusal?.rewording(reword)
            $0.underlying = underlying.map {
                UnderlyingError(domain: $0.domain, code: $0.code, message: reword($0.message))
            }
        }
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
