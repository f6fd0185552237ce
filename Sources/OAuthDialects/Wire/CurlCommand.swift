internal import Foundation

/// A request as a shell command that a person can read and, with the placeholders set, run.
struct CurlCommand {
    private let request: WireRequest

    init(_ request: WireRequest) {
        self.request = request
    }

    var text: String {
        var parts = ["curl --request \(ShellWord(request.method)) \(url)"]
        for (name, value) in request.headers.fields {
            parts.append(header(name, value))
        }
        parts += data
        return parts.joined(separator: " \\\n  ")
    }

    private var url: ShellWord {
        let items = URLComponents(url: request.url, resolvingAgainstBaseURL: true)?.percentEncodedQueryItems ?? []
        let query = items.enumerated().flatMap { index, item -> [ShellWord.Part] in
            let mark = index == 0 ? "?" : "&"
            // An item without a value may be a secret itself.
            let name = item.value == nil ? nil : item.name
            return [.text(mark + (name.map { "\($0)=" } ?? "")), .variable(name ?? "")]
        }
        return ShellWord([.text(ShownURL.text(of: request.url))] + query)
    }

    private func header(_ name: String, _ value: String) -> String {
        if ASCII.lowercase(name) == "authorization", value.hasPrefix("Basic ") {
            return #"--user "$CLIENT_ID:$CLIENT_SECRET""#
        }
        let shown = WireHeaders.shown(name, value)
        let name = WireHeaders.shownName(name)
        guard shown.hasSuffix("<redacted>") else { return "--header \(ShellWord("\(name): \(shown)"))" }
        let scheme = shown.hasPrefix("Bearer ") ? "Bearer " : ""
        let value = ShellWord.Part.variable(scheme.isEmpty ? name : "ACCESS_TOKEN")
        return "--header \(ShellWord([.text("\(name): \(scheme)"), value]))"
    }

    private var data: [String] {
        switch request.body {
        case nil:
            return []
        case .form(let fields):
            return fields.map { field in
                let value: ShellWord.Part = field.isSecret ? .variable(field.name) : .text(field.value.revealed)
                // curl encodes what stands after the `=` alone, and takes a bare `@` before it for a file.
                return "--data-urlencode \(ShellWord([.text(FormEncoding.encode(field.name) + "="), value]))"
            }
        case .json(let fields):
            let members = fields.enumerated().flatMap { index, field -> [ShellWord.Part] in
                let name = (index == 0 ? "" : ",") + JSONText.quote(field.name) + ":"
                guard field.isSecret else { return [.text(name + JSONText.quote(field.value.revealed))] }
                return [.text(name + "\""), .variable(field.name), .text("\"")]
            }
            return ["--data-raw \(ShellWord([.text("{")] + members + [.text("}")]))"]
        case .bytes:
            return [#"--data-binary "@$BODY_FILE""#]
        }
    }
}
