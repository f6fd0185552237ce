internal import Foundation

/// Makes a text from outside fit to be shown: cut, and without characters that could act on a terminal or a log.
package enum ProviderText {
    /// How much of a provider's words is shown.
    package static let maximumBytes = 512

    /// Escapes control characters and those that change the direction or the line of a text.
    package static func escape(_ text: some StringProtocol) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned:
                escaped += "\\u{\(String(scalar.value, radix: 16))}"
            default:
                escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    /// Escapes a text and cuts it at ``maximumBytes``, at the end of a character.
    package static func clean(_ text: some StringProtocol) -> String {
        // A byte of input is never shorter escaped, so no more than this much of it can be shown.
        let escaped = escape(
            text.unicodeScalars.prefix(maximumBytes + 1).reduce(into: "") { $0.unicodeScalars.append($1) }
        )
        guard escaped.utf8.count > maximumBytes else { return escaped }
        var cut = Substring(escaped)
        while cut.utf8.count > maximumBytes - 3 { cut.removeLast() }
        return cut + "…"
    }
}
