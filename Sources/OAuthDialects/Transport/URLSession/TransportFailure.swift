#if URLSession
internal import Foundation

extension WireFailure {
    /// Converts an error of `URLSession`; if part of the body was sent, the request may have arrived whatever the error says.
    init(_ error: any Error, hasSentBody: Bool) {
        let code = (error as? URLError)?.code ?? .unknown
        let isUntrusted = UnderlyingError(error).isUntrustedCertificate
        let reason = isUntrusted ? .tlsFailed : Self.reason(code)
        let isBeforeSending = reason == .notConnected || reason == .tlsFailed
        self.init(reason, mayHaveArrived: !isBeforeSending || hasSentBody, underlying: error)
    }

    private static func reason(_ code: URLError.Code) -> Reason {
        switch code {
        case .cannotFindHost, .cannotConnectToHost, .dnsLookupFailed, .notConnectedToInternet, .internationalRoamingOff,
            .callIsActive, .dataNotAllowed:
            return .notConnected
        case .secureConnectionFailed, .serverCertificateUntrusted, .serverCertificateHasBadDate,
            .serverCertificateHasUnknownRoot, .serverCertificateNotYetValid, .clientCertificateRejected,
            .clientCertificateRequired:
            return .tlsFailed
        case .timedOut:
            return .timedOut
        case .cannotParseResponse:
            return .notHTTP
        #if canImport(FoundationNetworking)
        // Linux reports a response without an HTTP/1 status line this way.
        case .unsupportedURL:
            return .notHTTP
        #else
        case .badServerResponse:
            return .notHTTP
        #endif
        default:
            // On Linux `badServerResponse` means that the connection ended without a byte.
            return .connectionLost
        }
    }
}
#endif
