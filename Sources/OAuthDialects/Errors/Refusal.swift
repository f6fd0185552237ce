public import Foundation

/// What a provider said when it refused; what it means is a ``Remedy``.
public struct Refusal: Sendable, Equatable {
    /// The HTTP status.
    public var status: Int

    /// The provider's error code as it spells it, such as `invalid_grant` or `INVALID_CLIENT`.
    public var code: String?

    /// The provider's explanation.
    public var message: String?

    /// When the provider allows the next attempt (RFC 9110, section 10.2.3).
    public var retryAfter: RetryAfter?

    /// Creates a refusal.
    public init(status: Int, code: String? = nil, message: String? = nil, retryAfter: RetryAfter? = nil) {
        self.status = status
        self.code = code
        self.message = message
        self.retryAfter = retryAfter
    }

    /// The same refusal with each of its texts changed.
    func rewording(_ reword: (String) -> String) -> Self {
        Self(status: status, code: code.map(reword), message: message.map(reword), retryAfter: retryAfter)
    }

    /// The code's letters and digits in lower case, so that `INVALID_CLIENT` and `InvalidClient:` are equal.
    ///
    /// Revenue Monster's documents spell it both ways.
    public var foldedCode: String {
        Self.folded(code ?? "")
    }

    static func folded(_ code: String) -> String {
        code.lowercased().filter { $0.isLetter || $0.isNumber }
    }
}

/// How long a provider asks a client to wait.
public enum RetryAfter: Sendable, Equatable {
    /// A delay from the arrival of the answer.
    case delay(Duration)

    /// A date.
    case date(Date)
}

extension Refusal: Redacted {
    package var redacted: String {
        ["HTTP \(status)", code, message].compactMap(\.self).joined(separator: ", ")
    }
}
