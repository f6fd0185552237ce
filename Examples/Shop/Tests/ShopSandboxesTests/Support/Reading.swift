import Foundation
import OAuthDialects

/// An answer with JSON, whose values are read by path: `item.order.id`, `data.movies.nodes.0.key`.
struct Reading {
    let status: Int
    let text: String
    private let root: Any

    init(_ response: WireResponse) {
        status = response.status
        text = String(decoding: response.body, as: UTF8.self)
        root = (try? JSONSerialization.jsonObject(with: response.body, options: .fragmentsAllowed)) ?? NSNull()
    }

    subscript(path: String) -> String? {
        switch value(path) {
        case let text as String: text
        case let number as NSNumber: "\(number)"
        default: nil
        }
    }

    func count(_ path: String) -> Int? { (value(path) as? [Any])?.count }

    /// The code of an error, at Revenue Monster or WeTix.
    var code: String? { self["error.code"] ?? self["errors.0.extensions.code"] }

    private func value(_ path: String) -> Any? {
        path.split(separator: ".").reduce(Optional(root)) { value, name in
            if let index = Int(name) {
                let list = value as? [Any] ?? []
                return list.indices.contains(index) ? list[index] : nil
            }
            return (value as? [String: Any])?[String(name)]
        }
    }
}

/// An answer that a test can't go on with.
struct UnexpectedAnswer: Error {
    let text: String
}

extension TokenSession {
    /// Sends a request, with a JSON body or none.
    func ask(
        _ method: String,
        _ url: URL,
        _ body: String? = nil,
        headers: WireHeaders = [:]
    ) async throws -> Reading {
        var request = WireRequest(method, url, headers: headers)
        if let body {
            request.headers["Content-Type"] = "application/json"
            request.body = .bytes(Data(body.utf8))
        }
        return Reading(try await send(request))
    }
}
