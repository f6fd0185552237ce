public import Foundation
public import OAuthDialects

/// An API's answer whose status isn't a success, or whose body isn't what the caller expects.
///
/// It never contains the answer's body. The provider's words are truncated, escaped, and scrubbed of the session's secrets.
public struct APIError: Error, Sendable {
    /// The answer's HTTP status.
    public let status: Int

    /// The provider's code, as the dialect reads it.
    public let code: String?

    /// The provider's explanation, as the dialect reads it.
    public let message: String?

    /// Where the answer of a success could not be decoded, and why; `nil` for any other answer.
    public let decodingFailure: String?

    /// What became of the request: `.rejected` if the API rejected its token, `.unknown` if it may have been processed, and `nil` if
    /// the API refused it.
    public let delivery: TokenError.Delivery?

    /// When the provider allows the next attempt, by the wall clock; `nil` if it did not say.
    public let retryAt: Date?

    /// The provider's id of the request, for its support: the header `X-Request-Id`, or one of its kind.
    public let requestID: String?

    /// What to do about the error.
    public let action: TokenError.Action

    /// Where the request went, without its query, with its method.
    let request: String
    /// How many times the request was sent.
    let attempts: Int
}

extension APIError: Redacted, LocalizedError {
    package var redacted: String {
        let words = [code, message].compactMap(\.self).joined(separator: ", ")
        let said = words.isEmpty ? "" : " (\(words))"
        var parts = ["\(request) was answered with HTTP \(status)\(said)."]
        if let decodingFailure { parts.append("It can't be decoded: \(decodingFailure).") }
        if attempts > 1 { parts.append("That was attempt \(attempts).") }
        if let requestID { parts.append("Request id: \(requestID).") }
        if let retryAt { parts.append("Not again before \(retryAt.formatted(.iso8601)).") }
        return parts.joined(separator: " ")
    }

    public var errorDescription: String? { redacted }
}
