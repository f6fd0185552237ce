internal import Foundation

/// A request as a shell command that a person can read and, with the placeholders set, run.
///
/// Text stands in single quotes, in which a shell reads nothing; placeholders stand in double quotes between them.
struct CurlCommand {
    private let request: WireRequest

    init(_ request: WireRequest) {
        self.request = request
    }

    var text: String {
        var parts = ["curl --request \(quote(request.method)) \(url)"]
        for (name, value) in request.headers.fields {
            parts.append(header(name, value))
        }
        parts += data
        return parts.joined(separator: " \\\n  ")
    }

    private var url: String {
        let items = URLComponents(url: request.url, resolvingAgainstBaseURL: true)?.percentEncodedQueryItems ?? []
        // An item without a value may be a secret itself.
        let query = items.map { $0.value == nil ? placeholder("") : quote("\($0.name)=") + placeholder($0.name) }
        return quote(ShownURL.text(of: request.url))
            + (items.isEmpty ? "" : quote("?") + query.joined(separator: quote("&")))
    }

    private func header(_ name: String, _ value: String) -> String {
        if ASCII.lowercase(name) == "authorization", value.hasPrefix("Basic ") {
            return #"--user "$CLIENT_ID:$CLIENT_SECRET""#
        }
        let shown = WireHeaders.shown(name, value)
        let name = WireHeaders.shownName(name)
        guard shown.hasSuffix("<redacted>") else { return "--header " + quote("\(name): \(shown)") }
        let scheme = shown.hasPrefix("Bearer ") ? "Bearer " : ""
        return "--header " + quote("\(name): \(scheme)") + placeholder(scheme.isEmpty ? name : "ACCESS_TOKEN")
    }

    private var data: [String] {
        switch request.body {
        case nil:
            return []
        case .form(let fields):
            return fields.map { field in
                let value = field.isSecret ? placeholder(field.name) : quote(field.value.revealed)
                // curl encodes what stands after the `=` alone, and takes a bare `@` before it for a file.
                return "--data-urlencode " + quote(FormEncoding.encode(field.name) + "=") + value
            }
        case .json(let fields):
            let members = fields.map { field in
                let value =
                    field.isSecret
                    ? quote("\"") + placeholder(field.name) + quote("\"")
                    : quote(JSONText.quote(field.value.revealed))
                return quote(JSONText.quote(field.name) + ":") + value
            }
            return ["--data-raw " + quote("{") + members.joined(separator: quote(",")) + quote("}")]
        case .bytes:
            return [#"--data-binary "@$BODY_FILE""#]
        }
    }

    /// Goes by scalars: to `String` a quote with a combining mark is another character, to a shell it is a quote.
    private func quote(_ text: String) -> String {
        var quoted = "'"
        for scalar in text.unicodeScalars where scalar != "\0" {
            if scalar == "'" { quoted += #"'\''"# } else { quoted.unicodeScalars.append(scalar) }
        }
        return quoted + "'"
    }

    /// `refreshToken` and `refresh_token` both become `"$REFRESH_TOKEN"`.
    private func placeholder(_ name: String) -> String {
        var text = ""
        for character in name
        where character.isASCII && (character.isLetter || character.isNumber || "_-".contains(character)) {
            if character.isUppercase, let last = text.last, last.isLetter, !name.allSatisfy({ !$0.isLowercase }) {
                text += "_"
            }
            text += character == "-" ? "_" : character.uppercased()
        }
        return "\"${\(text.first?.isLetter == true ? text : "VALUE")}\""
    }
}
