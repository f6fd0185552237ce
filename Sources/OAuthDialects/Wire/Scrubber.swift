internal import Foundation

/// Takes the secrets of an exchange out of a text, however the other side may have written them.
struct Scrubber {
    private let spellings: [String]

    init(_ secrets: [Secret]) {
        let texts = secrets.map(\.revealed).filter { !$0.isEmpty }
        // The longest first, so that a secret inside another leaves nothing of the longer one.
        spellings = Set(texts.flatMap(Self.spellings)).sorted { ($0.utf8.count, $0) > ($1.utf8.count, $1) }
    }

    init(_ exchange: TokenExchange) {
        let secret = exchange.credentials.secret
        let id = exchange.credentials.id
        let pairs =
            secret.map {
                [
                    Secret("\(id):\($0.revealed)"),
                    Secret("\(FormEncoding.encode(id)):\(FormEncoding.encode($0.revealed))"),
                ]
            } ?? []
        self.init(exchange.grant.secrets + [secret].compactMap(\.self) + pairs)
    }

    func scrub(_ text: String) -> String {
        spellings.reduce(text) { $0.replacingOccurrences(of: $1, with: "<redacted>", options: .caseInsensitive) }
    }

    /// A refusal whose words may be shown.
    func scrub(_ refusal: Refusal) -> Refusal {
        var clean = refusal
        clean.code = refusal.code.map { ProviderText.clean(scrub($0)) }
        clean.message = refusal.message.map { ProviderText.clean(scrub($0)) }
        return clean
    }

    private static func spellings(of text: String) -> [String] {
        let form = FormEncoding.encode(text)
        let base64 = Data(text.utf8).base64EncodedString()
        let unpadded = base64.trimmingCharacters(in: ["="])
        let url = unpadded.replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_")
        let percent = form.replacingOccurrences(of: "+", with: "%20")
        let unreserved = percent.replacingOccurrences(of: "%7E", with: "~")
        let escaped = String(JSONText.quote(text).dropFirst().dropLast())
        return [
            text, form, percent, unreserved, base64, unpadded, url, escaped,
            escaped.replacingOccurrences(of: "/", with: "\\/"),
            FormEncoding.encode(base64), FormEncoding.encode(unpadded),
        ]
    }
}
