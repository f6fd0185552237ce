internal import Foundation
internal import OAuthDialects

/// Parses the fields of a request's body, as a server does.
enum RequestFields {
    /// The fields, those of JSON sorted by name; `nil` if the body is not the form or flat JSON object that its type states.
    static func of(_ request: WireRequest) -> [(name: String, value: String)]? {
        let type = (request.headers["Content-Type"] ?? "").prefix { $0 != ";" }.lowercased()
        let body = request.body?.data ?? Data()
        if type == "application/json" {
            guard let object = try? JSONSerialization.jsonObject(with: body) as? [String: String] else { return nil }
            return object.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
        }
        guard type == "application/x-www-form-urlencoded" else { return nil }
        var fields: [(name: String, value: String)] = []
        for pair in String(decoding: body, as: UTF8.self).split(separator: "&") {
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard halves.count == 2, let name = FormDecoding.decode(halves[0]),
                let value = FormDecoding.decode(halves[1])
            else { return nil }
            fields.append((name: name, value: value))
        }
        return fields
    }
}
