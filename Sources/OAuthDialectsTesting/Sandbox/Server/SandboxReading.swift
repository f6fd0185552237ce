internal import Foundation
internal import OAuthDialects

/// A request as the sandbox parses it.
struct SandboxReading {
    let method: String
    let path: String

    /// The encoded query; `nil` without a `?`.
    let query: String?
    let headers: WireHeaders
    let authorization: String?
    let mediaType: String
    let body: Data

    /// The fields of the body, or of the query for an endpoint that takes `GET`; empty if `problem` says why the sandbox can't read it.
    let fields: [(name: String, value: String)]
    let problem: SandboxRefusal?
    let request: WireRequest

    var hasQuery: Bool { query != nil }

    init(_ request: WireRequest, _ rules: SandboxRules) {
        let components = URLComponents(url: request.url, resolvingAgainstBaseURL: true)
        self.request = request
        method = request.method
        path = components?.percentEncodedPath ?? ""
        query = components?.percentEncodedQuery
        headers = request.headers
        authorization = request.headers["Authorization"]
        mediaType = (request.headers["Content-Type"] ?? "").prefix { $0 != ";" }
            .trimmingCharacters(in: .whitespaces).lowercased()
        body = request.body?.data ?? Data()
        do throws(SandboxRefusal) {
            let isInQuery = rules.method(at: path) == "GET"
            fields =
                try isInQuery
                ? SandboxBody.fields(ofQuery: query ?? "", rules)
                : body.isEmpty && rules.emptyPaths.contains(path)
                    ? [] : SandboxBody.fields(of: body, as: mediaType, rules)
            problem = nil
        } catch {
            fields = []
            problem = error
        }
    }

    /// The value of a field by its standard name; an empty value counts as missing.
    func value(_ standard: String, _ rules: SandboxRules) -> String? {
        let name = rules.name(standard)
        let value = fields.first { $0.name == name && !$0.value.isEmpty }?.value
        return value.map { rules.standardValue($0, of: standard) }
    }

    /// The grant that a token request presents; without its type, that of the path or of the other fields.
    func grant(_ rules: SandboxRules) -> String? {
        if let type = value("grant_type", rules) { return type }
        guard let types = rules.tokenPaths[path], !rules.sendsGrantType else { return nil }
        if types.count == 1 { return types.first }
        if value("refresh_token", rules) != nil { return "refresh_token" }
        return value("code", rules) != nil ? "authorization_code" : "client_credentials"
    }
}

/// Parses the body of a token request, as strictly as the provider may.
enum SandboxBody {
    static func fields(
        of body: Data,
        as mediaType: String,
        _ rules: SandboxRules
    ) throws(SandboxRefusal) -> [(name: String, value: String)] {
        guard !body.isEmpty else { throw SandboxRefusal.misuse(.emptyBody, "The body is empty.") }
        guard body.count <= maximumBytes else {
            throw SandboxRefusal.misuse(.badRequest, "The body is too large for a token request.")
        }
        guard mediaType == rules.mediaType else {
            let shown = known.contains(mediaType) ? mediaType : mediaType.isEmpty ? "missing" : "unknown"
            let words = "The Content-Type is \(shown); \(rules.title) requires \(rules.mediaType)."
            // Hydra parses only forms, so any other body counts as empty.
            throw SandboxRefusal.misuse(rules.body == .form ? .emptyBody : .badRequest, words)
        }
        let fields = rules.body == .form ? try form(body, rules) : try json(body, rules)
        guard Set(fields.map(\.name)).count == fields.count else {
            throw SandboxRefusal.misuse(.badRequest, "A field appears twice.")
        }
        return fields
    }

    /// The fields of a `GET`, without those that belong to the endpoint's own URL.
    static func fields(
        ofQuery query: String,
        _ rules: SandboxRules
    ) throws(SandboxRefusal) -> [(name: String, value: String)] {
        let fields = try form(Data(query.utf8), rules)
        guard Set(fields.map(\.name)).count == fields.count else {
            throw SandboxRefusal.misuse(.badRequest, "A parameter appears twice.")
        }
        return fields
    }

    private static let maximumBytes = 64 * 1024

    private static let known = [
        "application/json", "application/x-www-form-urlencoded", "multipart/form-data", "text/plain",
    ]

    private static func json(
        _ body: Data,
        _ rules: SandboxRules
    ) throws(SandboxRefusal) -> [(name: String, value: String)] {
        guard let object = try? JSONSerialization.jsonObject(with: body) as? [String: Any] else {
            throw SandboxRefusal.misuse(.badRequest, "The body is not a JSON object.")
        }
        guard rules.takesNumbers || object is [String: String], let fields = RequestFields.texts(of: object) else {
            throw SandboxRefusal.misuse(.badRequest, "The JSON object contains a value that is not a string.")
        }
        // In a flat object, each member has a string for its name and one for a text; any more belong to a repeated field.
        guard texts(in: body) == fields.count + object.count(where: { $0.value is String }) else {
            throw SandboxRefusal.misuse(.badRequest, "A field appears twice.")
        }
        return fields
    }

    private static func texts(in body: Data) -> Int {
        var quotes = 0
        var isEscaped = false
        for byte in body {
            if !isEscaped, byte == UInt8(ascii: "\"") { quotes += 1 }
            isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
        }
        return quotes / 2
    }

    private static func form(
        _ body: Data,
        _ rules: SandboxRules
    ) throws(SandboxRefusal) -> [(name: String, value: String)] {
        if body.first == UInt8(ascii: "{") {
            throw SandboxRefusal.misuse(.emptyBody, "The body is JSON, but the Content-Type says that it is a form.")
        }
        var fields: [(name: String, value: String)] = []
        for pair in String(decoding: body, as: UTF8.self).split(separator: "&") {
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard halves.count == 2, let name = FormDecoding.decode(halves[0]),
                let value = FormDecoding.decode(halves[1])
            else {
                throw SandboxRefusal.misuse(
                    .badRequest,
                    "The form is not encoded: all characters except letters, digits, and -._* have to be."
                )
            }
            fields.append((name: name, value: value))
        }
        return fields
    }
}

/// Decodes form-encoded text.
enum FormDecoding {
    /// Decodes a name or value; `nil` if it contains a character that a form has to encode, or a `%` without two digits.
    static func decode(_ text: some StringProtocol) -> String? {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "%"):
                guard rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
                else { return nil }
                bytes.append(value)
                rest = rest.dropFirst(2)
            case UInt8(ascii: "+"):
                bytes.append(0x20)
            case 0x00...0x20, 0x7F...0xFF, UInt8(ascii: "\""), UInt8(ascii: ";"), UInt8(ascii: "<"), UInt8(ascii: "{"):
                return nil
            default:
                bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
