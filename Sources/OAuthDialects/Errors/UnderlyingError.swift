internal import Foundation

/// The parts of another error that are safe to show: enough to look it up, and nothing that could contain a secret.
///
/// A `URLError` carries the failing URL in its user info; this carries the domain, the code and a text for the code.
public struct UnderlyingError: Error, Sendable, Equatable, Redacted {
    /// The error's domain: `NSURLErrorDomain`, or the name of a Swift type.
    public let domain: String

    /// The error's code in its domain.
    public let code: Int

    /// A short text, or the type's name if no text of the error is known to be safe.
    public let message: String

    /// Keeps the safe parts of an error.
    public init(_ error: any Error) {
        if let error = error as? URLError {
            self.init(domain: URLError.errorDomain, code: error.code.rawValue, message: Self.text(for: error.code))
        } else if let error = error as? TokenError {
            self.init(domain: "TokenError", code: 0, message: error.message)
        } else if let error = error as? WireFailure {
            self = error.underlying ?? Self(domain: "WireFailure", code: 0, message: error.message)
        } else {
            let bridged = error as NSError
            self.init(domain: bridged.domain, code: bridged.code, message: String(describing: type(of: error)))
        }
    }

    init(domain: String, code: Int, message: String) {
        self.domain = domain
        self.code = code
        self.message = message
    }

    private static let unknownHost = "the host was not found"

    /// Whether the host's name has no address.
    var isUnknownHost: Bool { message == Self.unknownHost }

    package var redacted: String { "\(domain) \(code): \(message)" }

    private static func text(for code: URLError.Code) -> String {
        switch code {
        case .timedOut: "timed out"
        case .cannotFindHost, .dnsLookupFailed: unknownHost
        case .cannotConnectToHost: "no connection to the host"
        case .networkConnectionLost: "the connection was lost"
        case .notConnectedToInternet: "no network"
        case .secureConnectionFailed, .serverCertificateUntrusted, .serverCertificateHasBadDate: "TLS failed"
        case .badServerResponse, .cannotParseResponse: "the answer was not HTTP"
        default: "URL loading failed"
        }
    }
}
