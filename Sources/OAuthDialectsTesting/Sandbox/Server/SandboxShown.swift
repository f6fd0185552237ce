internal import Foundation
internal import OAuthDialects

/// Describes a request for the transcript: shows names and values that are known to be harmless, and redacts the rest.
struct SandboxShown {
    private let secrets: [String]
    private let clients: [String: String]

    init(_ clients: [String: String]) {
        self.clients = clients
        secrets = clients.values.filter { !$0.isEmpty }
    }

    func text(of reading: SandboxReading, _ rules: SandboxRules) -> String {
        let target = "\(word(reading.method)) \(path(reading.path))\(reading.hasQuery ? "?…" : "")"
        guard !reading.fields.isEmpty else {
            return target + (reading.body.isEmpty ? "" : " <\(reading.body.count) bytes>")
        }
        let fields = reading.fields.map { "\(word($0.name))=\(value($0.value, of: $0.name, rules))" }
        let joined = fields.joined(separator: rules.body == .form ? "&" : ", ")
        return target + (rules.body == .form ? " \(joined)" : " {\(joined)}")
    }

    private func path(_ path: String) -> String {
        let decoded = path.removingPercentEncoding ?? path
        if secrets.contains(where: decoded.contains) { return "/<redacted>" }
        return path.split(separator: "/", omittingEmptySubsequences: false).map { word(String($0)) }.joined(
            separator: "/"
        )
    }

    private func value(_ value: String, of name: String, _ rules: SandboxRules) -> String {
        switch name {
        case rules.name("grant_type"): word(value)
        case rules.name("client_id"): clients[value] == nil ? "<unknown>" : word(value)
        case rules.name("scope"): value.split { $0 == " " || $0 == "," }.map { word(String($0)) }.joined(separator: " ")
        default: "<redacted>"
        }
    }

    /// Shows a short plain word without a client secret; redacts anything else, because it could be a token in the wrong place.
    private func word(_ text: String) -> String {
        let isPlain =
            text.utf8.count <= 24
            && text.utf8.allSatisfy {
                ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A) || ($0 >= 0x30 && $0 <= 0x39) || "-._".utf8.contains($0)
            }
        return isPlain && !secrets.contains(where: text.contains) ? text : "<redacted>"
    }
}
