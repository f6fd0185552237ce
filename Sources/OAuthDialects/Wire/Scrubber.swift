internal import Foundation

/// Takes the secrets of an exchange out of a text, however the other side may have written them.
package struct Scrubber {
    private let spellings: [[UInt8]]

    package init(_ secrets: [Secret]) {
        let texts = secrets.map(\.revealed).filter { !$0.isEmpty }
        spellings = Set(texts.flatMap(Self.spellings)).map { $0.utf8.map(ASCII.lowercase) }
    }

    /// The secrets of an exchange, and those that a dialect or its conventions put on the request besides.
    package init(_ exchange: TokenExchange, _ request: WireRequest? = nil) {
        let secret = exchange.credentials.secret
        let id = exchange.credentials.id
        let pairs =
            secret.map {
                [
                    Secret("\(id):\($0.revealed)"),
                    Secret("\(FormEncoding.encode(id)):\(FormEncoding.encode($0.revealed))"),
                ]
            } ?? []
        self.init(exchange.grant.secrets + [secret].compactMap(\.self) + pairs + (request?.secrets ?? []))
    }

    /// Goes by bytes, because to `String` a secret with a combining mark after it is another text; and marks all before it
    /// replaces any, so that secrets that overlap leave nothing of each other.
    package func scrub(_ text: String) -> String {
        let bytes = Array(text.utf8)
        let folded = bytes.map(ASCII.lowercase)
        var isSecret = [Bool](repeating: false, count: bytes.count)
        for spelling in spellings where spelling.count <= folded.count {
            for start in 0...(folded.count - spelling.count)
            where folded[start] == spelling[0] && folded[start...].starts(with: spelling) {
                for index in start..<(start + spelling.count) { isSecret[index] = true }
            }
        }
        var scrubbed: [UInt8] = []
        for index in bytes.indices {
            if !isSecret[index] {
                scrubbed.append(bytes[index])
            } else if index == 0 || !isSecret[index - 1] {
                scrubbed += Array("<redacted>".utf8)
            }
        }
        return String(decoding: scrubbed, as: UTF8.self)
    }

    /// A refusal whose words may be shown.
    package func scrub(_ refusal: Refusal) -> Refusal {
        refusal.rewording { ProviderText.clean(scrub($0)) }
    }

    /// An error of which no part shows a secret.
    package func scrub(_ error: TokenError) -> TokenError {
        error.rewording { ProviderText.clean(scrub($0)) }
    }

    /// Scopes are shown, and a provider may echo anything: a scope that contains a secret is redacted as a whole.
    ///
    /// Scopes are compared as well, so secrets shorter than 8 bytes change none.
    static func scrub(_ scopes: [String]?, of set: TokenSet, from exchange: TokenExchange) -> [String]? {
        let tokens = [exchange.credentials.secret, set.accessToken, set.refreshToken?.value, set.idToken].compactMap(
            \.self
        )
        let scrubber = Self((exchange.grant.secrets + tokens).filter { $0.revealed.utf8.count >= 8 })
        return scopes?.map { scrubber.scrub($0) == $0 ? $0 : "<redacted>" }
    }

    private static func spellings(of text: String) -> [String] {
        let form = FormEncoding.encode(text)
        let base64 = Data(text.utf8).base64EncodedString()
        let unpadded = base64.trimmingCharacters(in: ["="])
        let url = unpadded.replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_")
        let percent = form.replacingOccurrences(of: "+", with: "%20")
        let unreserved = percent.replacingOccurrences(of: "%7E", with: "~")
        let escaped = String(JSONText.quote(text).dropFirst().dropLast())
        let entities = text.replacingOccurrences(of: "&", with: "&amp;").replacingOccurrences(of: "<", with: "&lt;")
            .replacingOccurrences(of: ">", with: "&gt;").replacingOccurrences(of: "\"", with: "&quot;")
        return [
            entities, entities.replacingOccurrences(of: "'", with: "&#39;"), FormEncoding.encode(form),
            text, form, percent, unreserved, base64, unpadded, url, escaped,
            escaped.replacingOccurrences(of: "/", with: "\\/"),
            FormEncoding.encode(base64), FormEncoding.encode(unpadded),
        ]
    }
}
