internal import Foundation
public import OAuthDialects

/// Something that goes wrong between a client and a ``ProviderSandbox``.
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

    /// What happens, in words.
    public let description: String

    /// No connection is made and nothing arrives; over a real socket the connection is reset instead.
    ///
    /// On a kept connection Linux's `URLSession` repeats a `GET` of its own accord, so that one reset alone may go unseen there.
    public static let connectionRefused = Self(kind: .refuse, description: "no connection")

    /// The connection is reset after the request has arrived; it is not processed.
    public static let reset = Self(kind: .reset, description: "the connection is reset")

    /// The request arrives and nothing comes back until the client gives up; it is not processed.
    public static let timeout = Self(kind: .hang, description: "no answer")

    /// The request is processed and its answer is lost: a rotating refresh token is spent.
    public static let lostAnswer = Self(kind: .lose, description: "the answer is lost")

    /// The request is processed, and its answer comes so slowly that the client gives up: a byte every second over a socket.
    public static let slowDrip = Self(kind: .deliver(.dripping), description: "the answer drips")

    /// The request is processed, and half of its answer's body comes.
    public static let truncated = Self(kind: .deliver(.half), description: "half of the answer")

    /// 200 without a body.
    public static let empty = Self(kind: .response(.init(status: 200)), description: "200 without a body")

    /// 200 with a page of HTML where JSON is due.
    public static let wrongType = Self(
        kind: .response(.html(200, "<html><body>Please accept our terms of use.</body></html>")),
        description: "200 with a page of HTML"
    )

    /// 200 with JSON of 2 MiB, twice what is read of a token answer.
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

extension SandboxFault {
    /// One fault of every kind, as a ``FaultPlan`` by rate takes them unless told.
    public static let all: [Self] = [
        .connectionRefused, .reset, .timeout, .slowDrip, .internalServerError, .badGateway,
        .serviceUnavailable(retryAfter: .seconds(2)), .tooManyRequests(retryAfter: .seconds(2)), .errorAt200, .garbage,
        .truncated, .empty, .wrongType, .oversized, .lostAnswer,
    ]
}

/// How much of an answer comes, and how fast.
enum SandboxDelivery: Sendable {
    case whole
    case half
    case dripping
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
