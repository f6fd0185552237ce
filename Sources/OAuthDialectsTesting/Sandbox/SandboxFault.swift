internal import Foundation
public import OAuthDialects

/// Something that goes wrong between a client and a ``ProviderSandbox``.
public struct SandboxFault: Sendable, CustomStringConvertible {
    enum Kind: Sendable {
        case refuse
        case hang
        case lose
        case status(SandboxRefusal.Kind, as: Int?, retryAfter: Duration?)
        case response(WireResponse)
    }

    let kind: Kind

    /// What happens, in words.
    public let description: String

    /// No connection is made and nothing arrives; over a real socket the connection is reset instead.
    ///
    /// On a kept connection Linux's `URLSession` repeats a `GET` of its own accord, so that one reset alone may go unseen there.
    public static let connectionRefused = Self(kind: .refuse, description: "no connection")

    /// The request arrives and nothing comes back until the client gives up; it is not processed.
    public static let timeout = Self(kind: .hang, description: "no answer")

    /// The request is processed and its answer is lost: a rotating refresh token is spent.
    public static let lostAnswer = Self(kind: .lose, description: "the answer is lost")

    /// 500 with the provider's own error.
    public static let internalServerError = Self(
        kind: .status(.internalError, as: nil, retryAfter: nil),
        description: "500 with the provider's own error"
    )

    /// 502 with the HTML page of a gateway, as Revenue Monster and Tiki have sent them.
    public static let badGateway = Self(
        kind: .response(
            .html(502, "<html><head><title>502 Bad Gateway</title></head><body><h1>Bad Gateway</h1></body></html>")
        ),
        description: "502 with a gateway's HTML page"
    )

    /// 503 with the provider's own error.
    public static let serviceUnavailable = Self.serviceUnavailable(retryAfter: nil)

    /// 503 with the provider's own error and a `Retry-After` in seconds.
    public static func serviceUnavailable(retryAfter: Duration?) -> Self {
        Self(
            kind: .status(.unavailable, as: nil, retryAfter: retryAfter),
            description: "503 with the provider's own error"
        )
    }

    /// 429 with the provider's own error and, if given, a `Retry-After` in seconds.
    public static func tooManyRequests(retryAfter: Duration? = nil) -> Self {
        Self(
            kind: .status(.tooManyRequests, as: nil, retryAfter: retryAfter),
            description: "429 with the provider's own error"
        )
    }

    /// The provider's own error with status 200.
    public static let errorAt200 = Self(
        kind: .status(.internalError, as: 200, retryAfter: nil),
        description: "200 with the provider's own error"
    )

    /// 200 with bytes that are neither JSON nor text.
    public static let garbage = Self(
        kind: .response(
            .init(status: 200, headers: ["Content-Type": "application/json"], body: .init([0xFF, 0x00, 0x7B]))
        ),
        description: "200 with bytes that mean nothing"
    )

    /// Any answer instead of the right one; the request is not processed.
    public static func response(_ response: WireResponse) -> Self {
        Self(kind: .response(response), description: "an answer of the test's own")
    }
}

/// Where a ``SandboxFault`` strikes.
public enum SandboxPlace: Sendable {
    /// At every request.
    case anywhere

    /// At the token endpoints.
    case tokenEndpoints

    /// At everything but the token endpoints.
    case api

    func includes(_ place: Self) -> Bool {
        if case .anywhere = self { true } else { self == place }
    }
}

extension WireResponse {
    static func html(_ status: Int, _ text: String) -> Self {
        Self(status: status, headers: ["Content-Type": "text/html; charset=utf-8"], body: .init(text.utf8))
    }

    static func json(_ status: Int, _ value: JSONValue) -> Self {
        Self(status: status, headers: ["Content-Type": "application/json"], body: value.data)
    }
}
