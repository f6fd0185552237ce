internal import Foundation
public import OAuthDialects

/// A fault between a client and a ``ProviderSandbox``.
public struct SandboxFault: Sendable, CustomStringConvertible {
    enum Kind: Sendable {
        case refuse
        case reset
        case hang
        case lose
        case deliver(SandboxDelivery)
        case status(SandboxRefusal.Kind, as: Int?, retryAfter: Duration?)
        case response(WireResponse)
    }

    let kind: Kind

    /// A short description, such as `the connection is reset`.
    public let description: String

    /// The connection fails and nothing arrives; over a real socket the connection is reset instead.
    ///
    /// On Linux `URLSession` repeats a `GET` on a kept connection by itself, so a single reset may go unnoticed there.
    public static let connectionRefused = Self(kind: .refuse, description: "no connection")

    /// The connection is reset after the request arrived; the request is not processed.
    public static let reset = Self(kind: .reset, description: "the connection is reset")

    /// The request arrives and gets no response until the client gives up; it is not processed.
    public static let timeout = Self(kind: .hang, description: "no response")

    /// The request is processed and its response is lost: a rotating refresh token has been used.
    public static let lostAnswer = Self(kind: .lose, description: "the response is lost")

    /// The request is processed and its response is so slow that the client gives up: over a socket, one byte a second.
    public static let slowDrip = Self(kind: .deliver(.dripping), description: "the response is too slow")

    /// The request is processed, and half of the response body arrives.
    public static let truncated = Self(kind: .deliver(.half), description: "half of the response")

    /// 200 without a body.
    public static let empty = Self(kind: .response(.init(status: 200)), description: "200 without a body")

    /// 200 with an HTML page instead of JSON.
    public static let wrongType = Self(
        kind: .response(.html(200, "<html><body>Please accept our terms of use.</body></html>")),
        description: "200 with a page of HTML"
    )

    /// 200 with 2 MiB of JSON, twice the limit for a token response.
    public static let oversized = Self(
        kind: .response(.json(200, .object([("padding", .text(String(repeating: "x", count: 2 * 1024 * 1024)))]))),
        description: "200 with 2 MiB of JSON"
    )

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

    /// A refusal with an unknown error word, in the provider's own format.
    ///
    /// It must not end a user's sign-in: the session keeps the refresh token and presents it again.
    public static let unknownRefusal = Self(
        kind: .status(.unknown, as: nil, retryAfter: nil),
        description: "a refusal with an unknown word"
    )

    /// 200 with bytes that are neither JSON nor text.
    public static let garbage = Self(
        kind: .response(
            .init(status: 200, headers: ["Content-Type": "application/json"], body: .init([0xFF, 0x00, 0x7B]))
        ),
        description: "200 with bytes that are not JSON"
    )

    /// A response of your own; the request is not processed.
    public static func response(_ response: WireResponse) -> Self {
        Self(kind: .response(response), description: "a custom response")
    }
}

extension SandboxFault {
    /// One fault of every kind: the default of a ``FaultPlan`` by rate.
    public static let all: [Self] = [
        .connectionRefused, .reset, .timeout, .slowDrip, .internalServerError, .badGateway,
        .serviceUnavailable(retryAfter: .seconds(2)), .tooManyRequests(retryAfter: .seconds(2)), .errorAt200, .garbage,
        .truncated, .empty, .wrongType, .oversized, .lostAnswer,
    ]
}

/// How much of a response arrives, and how fast.
enum SandboxDelivery: Sendable {
    case whole
    case half
    case dripping
    case lost
}

/// The requests to which a ``SandboxFault`` applies.
public enum SandboxPlace: Sendable {
    /// Every request.
    case anywhere

    /// Requests to the token endpoints.
    case tokenEndpoints

    /// All other requests.
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
