import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import OAuthDialects

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

extension WireFailure {
    /// What an error of AsyncHTTPClient means for a session: above all whether the request may have arrived.
    ///
    /// Only errors that come before the first byte of the request say that it has not.
    static func reading(_ error: any Error) -> any Error {
        switch error {
        case is CancellationError, is TokenError, is WireFailure: return error
        case let error as HTTPClientError: return reading(error)
        case is NIOConnectionError, is SocketAddressError, is NIOSSLExtraError:
            return WireFailure(.notConnected, mayHaveArrived: false, underlying: error)
        case let error as IOError where connecting.contains(error.errnoCode):
            return WireFailure(.notConnected, mayHaveArrived: false, underlying: error)
        case NIOSSLError.handshakeFailed, NIOSSLError.unableToValidateCertificate, NIOSSLError.noCertificateToValidate:
            return WireFailure(.notConnected, mayHaveArrived: false, underlying: error)
        case HTTPParserError.invalidEOFState:
            return WireFailure(.connectionLost, mayHaveArrived: true, underlying: error)
        case is HTTPParserError:
            return WireFailure(.notHTTP, mayHaveArrived: true, underlying: error)
        default:
            return WireFailure(.connectionLost, mayHaveArrived: true, underlying: error)
        }
    }

    private static func reading(_ error: HTTPClientError) -> any Error {
        switch error {
        case .cancelled: return CancellationError()
        case .connectTimeout, .getConnectionFromPoolTimeout, .tlsHandshakeTimeout, .socksHandshakeTimeout,
            .httpProxyHandshakeTimeout, .invalidProxyResponse, .proxyAuthenticationRequired, .alreadyShutdown:
            return WireFailure(.notConnected, mayHaveArrived: false, underlying: error)
        case .deadlineExceeded, .readTimeout, .writeTimeout:
            return WireFailure(.timedOut, mayHaveArrived: true, underlying: error)
        case .invalidURL, .emptyHost, .emptyScheme, .traceRequestWithBody:
            let words = "The request can't be sent as it is."
            return TokenError(.invalidRequest, words, underlying: UnderlyingError(error))
        default:
            // These two carry what they refuse, which may be a secret.
            if error.shortDescription.hasPrefix("Invalid header field") {
                return TokenError(.invalidRequest, "A header holds what no header can.")
            }
            return WireFailure(.connectionLost, mayHaveArrived: true, underlying: error)
        }
    }

    /// What `connect(2)` alone fails with.
    private static let connecting = [ECONNREFUSED, ENETUNREACH, EHOSTUNREACH, EADDRNOTAVAIL, ENETDOWN]
}
