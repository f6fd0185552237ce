import HTTPTypes
import Hummingbird
import NIOCore
import OAuthDialects
import ShopCore

/// What an error page says.
struct Problem: Error, Sendable {
    /// A way out of the page.
    struct Link: Sendable {
        let path: String
        let label: String
    }

    let status: HTTPResponse.Status
    let title: String
    let text: String
    var link = Link(path: "/", label: "See what is showing")
    var headers: HTTPFields = [:]

    static let unreadable = Self(
        status: .badRequest,
        title: "This request can’t be read",
        text: "It is not what our pages send. Go back, reload the page, and try again."
    )
    static let otherHost = Self(
        status: .badRequest,
        title: "Wrong address",
        text: "This server does not answer for that host name."
    )
    static let otherOrigin = Self(
        status: .forbidden,
        title: "Nothing was changed",
        text: "The form was not sent from one of our own pages. Open the page here and send it again."
    )
    static let staffOnly = Self(
        status: .unauthorized,
        title: "For staff",
        text: "This page needs the password of the staff.",
        headers: [.wwwAuthenticate: #"Basic realm="Panggung staff", charset="UTF-8""#]
    )
    static let tooLarge = Self(
        status: .contentTooLarge,
        title: "That was too much",
        text: "A form may send at most 64 KiB. Nothing was changed."
    )
    static let broken = Self(
        status: .internalServerError,
        title: "Something broke on our side",
        text: "We have noted it. An order that was already made goes on; you find it under My orders.",
        link: Link(path: "/orders", label: "My orders")
    )
}

extension Problem {
    init(_ error: any Error) {
        switch error {
        case let problem as Self: self = problem
        case let error as ShopError: self.init(error)
        case is NIOTooManyBytesError: self = .tooLarge
        case let error as HTTPError: self.init(error.status)
        case let error as TokenError where error.isTransient: self = .later("A provider can’t be reached right now.")
        default: self = .broken
        }
    }

    private init(_ error: ShopError) {
        switch error.kind {
        case .notFound: self.init(.notFound)
        case .seatsGone: self.init(status: .conflict, title: "Those seats are gone", text: error.message)
        case .invalid: self.init(status: .badRequest, title: "That didn’t work", text: error.message)
        case .unavailable: self = .later(error.message)
        case .notConnected:
            self.init(status: .serviceUnavailable, title: "Payments aren’t open yet", text: error.message)
        case .forged: self.init(status: .forbidden, title: "Not accepted", text: error.message)
        }
    }

    private init(_ status: HTTPResponse.Status) {
        switch status {
        case .notFound:
            self.init(
                status: .notFound,
                title: "Nothing is showing here",
                text: "The page doesn’t exist, or it belongs to another browser."
            )
        case .contentTooLarge: self = .tooLarge
        case .badRequest, .unprocessableContent: self = .unreadable
        default: self = .broken
        }
    }

    static func later(_ text: String) -> Self {
        Self(status: .serviceUnavailable, title: "One moment, please", text: text)
    }
}
