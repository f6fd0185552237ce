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
            self.init(domain: URLError.errorDomain, code: error.code.rawValue, message: Self.text(for: error))
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

    /// Whether the system does not trust the server's certificate.
    var isUntrustedCertificate: Bool { message.hasPrefix(Self.untrusted) }

    /// What the message adds to the words for a failure's reason; `nil` if it only repeats them.
    var addition: String? {
        guard domain == URLError.errorDomain else { return message }
        switch URLError.Code(rawValue: code) {
        case .cannotFindHost, .dnsLookupFailed, .cannotConnectToHost, .timedOut, .networkConnectionLost,
            .badServerResponse, .cannotParseResponse, .unsupportedURL:
            return nil
        default:
            return message == Self.unknown ? "\(domain) \(code)" : message
        }
    }

    package var redacted: String { "\(domain) \(code): \(message)" }

    private static func text(for error: URLError) -> String {
        switch error.code {
        case .timedOut: "timed out"
        case .cannotFindHost, .dnsLookupFailed: unknownHost
        case .cannotConnectToHost: "no connection to the host"
        case .networkConnectionLost: "the connection was lost"
        case .notConnectedToInternet: "no network"
        case .secureConnectionFailed: "the TLS handshake failed"
        case .serverCertificateUntrusted, .serverCertificateHasUnknownRoot: "the certificate is not trusted"
        case .serverCertificateHasBadDate, .serverCertificateNotYetValid: "the certificate is not valid at this time"
        case .clientCertificateRejected: "the client's certificate was rejected"
        case .clientCertificateRequired: "a client certificate is required"
        case .badServerResponse, .cannotParseResponse: "the answer was not HTTP"
        default: words(of: error) ?? unknown
        }
    }

    private static let unknown = "URL loading failed"
    private static let untrusted = "SSL certificate problem: "

    /// On Linux `URLSession` gives most of libcurl's errors no code; of its texts, those that begin so quote nothing of a request.
    private static func words(of error: URLError) -> String? {
        #if canImport(FoundationNetworking)
        let text = error.localizedDescription
        let isSafe = [untrusted, "transfer closed ", "Recv failure: ", "Send failure: "].contains { text.hasPrefix($0) }
        return isSafe ? ProviderText.clean(text) : nil
        #else
        return nil
        #endif
    }
}
