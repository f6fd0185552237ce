/// One argument of a shell command: text in single quotes, in which a shell reads nothing, and variables in double quotes.
struct ShellWord: CustomStringConvertible {
    enum Part {
        case text(String)
        /// The variable that is named after a field: `refreshToken` and `refresh_token` both become `$REFRESH_TOKEN`.
        case variable(String)
    }

    private let parts: [Part]

    init(_ parts: [Part]) { self.parts = parts }

    init(_ text: String) { parts = [.text(text)] }

    var description: String {
        var word = ""
        var isQuoted = false
        func quote(_ wanted: Bool) {
            if isQuoted != wanted { word += "'" }
            isQuoted = wanted
        }
        for part in parts {
            switch part {
            case .text(let text):
                // By scalars: to `String` a quote with a combining mark is another character, to a shell it is a quote.
                for scalar in text.unicodeScalars where scalar != "\0" {
                    quote(true)
                    if scalar == "'" { word += #"'\''"# } else { word.unicodeScalars.append(scalar) }
                }
            case .variable(let name):
                quote(false)
                word += "\"$\(Self.variable(name))\""
            }
        }
        quote(false)
        return word.isEmpty ? "''" : word
    }

    private static func variable(_ name: String) -> String {
        var text = ""
        for character in name
        where character.isASCII && (character.isLetter || character.isNumber || "_-".contains(character)) {
            if character.isUppercase, let last = text.last, last.isLetter, !name.allSatisfy({ !$0.isLowercase }) {
                text += "_"
            }
            text += character == "-" ? "_" : character.uppercased()
        }
        return text.first?.isLetter == true ? text : "VALUE"
    }
}
