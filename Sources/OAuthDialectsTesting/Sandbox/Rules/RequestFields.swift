internal import Foundation
internal import OAuthDialects

/// Parses the fields of a request, as a server does.
enum RequestFields {
    /// The fields of the body, those of JSON sorted by name, or of a GET's query; `nil` if the body is not what its type states.
    static func of(_ request: WireRequest) -> [(name: String, value: String)]? {
        if request.method == "GET" { return inQuery(of: request) }
        if request.body?.data.isEmpty ?? true { return [] }
        let type = (request.headers["Content-Type"] ?? "").prefix { $0 != ";" }.lowercased()
        let body = request.body?.data ?? Data()
        if type == "application/json" {
            return (try? JSONSerialization.jsonObject(with: body) as? [String: Any]).flatMap(texts)
        }
        guard type == "application/x-www-form-urlencoded" else { return nil }
        return pairs(in: String(decoding: body, as: UTF8.self))
    }

    /// The members of a flat object by name, numbers and flags as texts; `nil` if one is an object or a list.
    static func texts(of object: [String: Any]) -> [(name: String, value: String)]? {
        var fields: [(name: String, value: String)] = []
        for (name, value) in object.sorted(by: { $0.key < $1.key }) {
            switch value {
            case let text as String: fields.append((name: name, value: text))
            case let number as NSNumber: fields.append((name: name, value: number.stringValue))
            default: return nil
            }
        }
        return fields
    }

    /// The fields of the URL's query; `nil` if one can't be decoded.
    static func inQuery(of request: WireRequest) -> [(name: String, value: String)]? {
        pairs(in: URLComponents(url: request.url, resolvingAgainstBaseURL: true)?.percentEncodedQuery ?? "")
    }

    private static func pairs(in text: String) -> [(name: String, value: String)]? {
        var fields: [(name: String, value: String)] = []
        for pair in text.split(separator: "&") {
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard halves.count == 2, let name = FormDecoding.decode(halves[0]),
                let value = FormDecoding.decode(halves[1])
            else { return nil }
            fields.append((name: name, value: value))
        }
        return fields
    }
}
