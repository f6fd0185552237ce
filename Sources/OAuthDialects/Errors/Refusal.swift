public import Foundation

/// What a provider said when it gave no token: its words, not our reading of them (that is a ``Remedy``).
public struct Refusal: Sendable, Equatable {
    /// The HTTP status.
    public var status: Int

    /// The provider's error code as it spells it, such as `invalid_grant` or `INVALID_CLIENT`.
    public var code: String?

    /// The provider's explanation.
    public var message: String?

    /// When the provider wants to be asked again (RFC 9110, section 10.2.3).
    public var retryAfter: RetryAfter?

    /// Makes a refusal.
    public init(status: Int, code: String? = nil, message: String? = nil, retryAfter: RetryAfter? = nil) {
        self.status = status
        self.code = code
        self.message = message
        self.retryAfter = retryAfter
    }

    /// The same refusal in other words.
    func rewording(_ reword: (String) -> String) -> Self {
        Self(status: status, code: code.map(reword), message: message.map(reword), retryAfter: retryAfter)
    }

    /// The code's letters and digits in lower case, so that `INVALID_CLIENT` and `InvalidClient:` are one.
    ///
    /// Revenue Monster's documents spell it both ways.
    public var foldedCode: String {
        (code ?? "").lowercased().filter { $0.isLetter || $0.isNumber }
    }
}

/// A provider's wish to be left alone for a while.
public enum RetryAfter: Sendable, Equatable {
    /// For so long from when the answer came.
    case delay(Duration)

    /// Until a date.
    case date(Date)
}

extension Refusal: Redacted {
    package var redacted: String {
        ["HTTP \(status)", code, message].compactMap(\.self).joined(separator: ", ")
    }
}
