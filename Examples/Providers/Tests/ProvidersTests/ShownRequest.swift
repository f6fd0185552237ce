import Foundation
import OAuthDialects
import Testing

/// A request taken apart, as a document shows it or as a dialect makes it.
struct ShownRequest {
    /// Method and address, without the query.
    let line: String

    /// The fields of the query and of the body, sorted.
    let fields: [String]

    /// The headers by their names in lower case.
    let headers: [String: String]

    let url: String
    let body: String

    /// Reads a request line with a whole URL, headers, an empty line, and a body, whose lines of a form are joined.
    init(_ text: String) throws {
        let parts = text.split(separator: "\n\n", maxSplits: 1)
        let lines = parts[0].split(separator: "\n")
        let words = lines[0].split(separator: " ")
        headers = lines.dropFirst().reduce(into: [:]) {
            let halves = $1.split(separator: ": ", maxSplits: 1)
            $0[halves[0].lowercased()] = String(halves[1])
        }
        let isJSON = headers["content-type"]?.hasPrefix("application/json") == true
        let shown = parts.count > 1 ? String(parts[1]) : ""
        body = isJSON ? shown : shown.filter { $0 != "\n" }
        url = String(words[1])
        (line, fields) = try Self.read(String(words[0]), url, isJSON, Data(body.utf8))
    }

    init(_ request: WireRequest) throws {
        headers = request.headers.fields.reduce(into: [:]) { $0[$1.name.lowercased()] = $1.value }
        let isJSON = headers["content-type"]?.hasPrefix("application/json") == true
        url = request.url.absoluteString
        body = String(decoding: request.body?.data ?? Data(), as: UTF8.self)
        (line, fields) = try Self.read(request.method, url, isJSON, Data(body.utf8))
    }

    /// The URL, with the fields of a GET encoded.
    func address(_ encoded: (String) -> String) -> String {
        guard line.hasPrefix("GET "), !fields.isEmpty else { return url }
        return line.dropFirst(4) + "?" + fields.map(encoded).joined(separator: "&")
    }

    private static func read(
        _ method: String,
        _ url: String,
        _ isJSON: Bool,
        _ body: Data
    ) throws -> (String, [String]) {
        let parts = url.split(separator: "?", maxSplits: 1)
        let query = parts.count > 1 ? pairs(String(parts[1])) : []
        let fields = isJSON ? try members(body) : pairs(String(decoding: body, as: UTF8.self))
        return ("\(method) \(parts[0])", (query + fields).sorted())
    }

    /// A form's fields, decoded.
    private static func pairs(_ form: String) -> [String] {
        form.split(separator: "&").map {
            $0.replacing("+", with: " ").removingPercentEncoding ?? String($0)
        }
    }

    /// A JSON object's members, each with the kind of its value.
    private static func members(_ body: Data) throws -> [String] {
        let object = try #require(try JSONSerialization.jsonObject(with: body) as? [String: Any])
        return object.map { $0.value is String ? "\($0.key)=\($0.value)" : "\($0.key) is \($0.value)" }
    }
}

/// The header of HTTP Basic with a client's id and secret unencoded.
func basic(_ id: String = "CLIENT_ID", _ secret: String = "CLIENT_SECRET") -> String {
    "Authorization: Basic " + Data("\(id):\(secret)".utf8).base64EncodedString()
}

let form = "Content-Type: application/x-www-form-urlencoded"
let json = "Content-Type: application/json"
