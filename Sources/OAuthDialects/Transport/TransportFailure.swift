internal import Foundation

extension WireFailure {
    /// Reads an error of `URLSession`; a request of whose body a part was sent may have arrived, whatever the error says.
    init(_ error: any Error, hasSentBody: Bool) {
        let code = (error as? URLError)?.code ?? .unknown
        let reason = Self.reason(code)
        self.init(reason, mayHaveArrived: reason != .notConnected || hasSentBody, underlying: error)
    }

    private static func reason(_ code: URLError.Code) -> Reason {
        switch code {
        case .cannotFindHost, .cannotConnectToHost, .dnsLookupFailed, .notConnectedToInternet, .secureConnectionFailed,
            .serverCertificateUntrusted, .serverCertificateHasBadDate, .serverCertificateHasUnknownRoot,
            .serverCertificateNotYetValid, .clientCertificateRejected, .clientCertificateRequired,
            .internationalRoamingOff, .callIsActive, .dataNotAllowed:
            return .notConnected
        case .timedOut:
            return .timedOut
        case .cannotParseResponse:
            return .notHTTP
        #if canImport(FoundationNetworking)
        // How Linux says that an answer began with something that is no HTTP/1 status line.
        case .unsupportedURL:
            return .notHTTP
        #else
        case .badServerResponse:
            return .notHTTP
        #endif
        default:
            // On Linux `badServerResponse` is a connection that ended without a byte.
            return .connectionLost
        }
    }
}
