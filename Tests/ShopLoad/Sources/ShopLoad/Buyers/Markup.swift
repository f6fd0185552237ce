/// Finds what a buyer needs in the shop's pages.
enum Markup {
    /// The attributes of each tag of a name; one without a value is empty.
    static func tags(_ name: String, in text: String) -> [[String: String]] {
        text.split(separator: "<").compactMap { part in
            guard part.hasPrefix(name), let next = part.dropFirst(name.count).first, next.isWhitespace || next == ">"
            else { return nil }
            return attributes(part.dropFirst(name.count).prefix { $0 != ">" })
        }
    }

    private static func attributes(_ text: Substring) -> [String: String] {
        var attributes: [String: String] = [:]
        for match in text.matches(of: /([a-zA-Z-]+)(?:="([^"]*)")?/) {
            attributes[String(match.output.1)] = unescaped(match.output.2 ?? "")
        }
        return attributes
    }

    static func unescaped(_ text: Substring) -> String {
        var text = String(text)
        for (entity, sign) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")] {
            text = text.replacing(entity, with: sign)
        }
        return text
    }
}
