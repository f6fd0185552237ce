/// A token of a GraphQL document.
enum GraphQLToken: Equatable {
    case name(String)
    case number(String)
    case text(String)
    case sign(Character)
}

/// Splits a GraphQL document into tokens.
struct GraphQLLexer {
    private let characters: [Character]
    private var index = 0

    static func tokens(of document: String) throws(GraphQLFailure) -> [GraphQLToken] {
        var lexer = Self(characters: Array(document))
        var tokens: [GraphQLToken] = []
        while let token = try lexer.next() { tokens.append(token) }
        return tokens
    }

    private init(characters: [Character]) {
        self.characters = characters
    }

    private mutating func next() throws(GraphQLFailure) -> GraphQLToken? {
        skip()
        guard let character = peek else { return nil }
        if character.isLetter || character == "_" {
            return .name(take { $0.isLetter || $0.isNumber || $0 == "_" })
        }
        if character.isNumber || character == "-" {
            return .number(take { $0.isNumber || "-+.eE".contains($0) })
        }
        index += 1
        if character == "\"" { return .text(try text()) }
        guard "{}()[]:!$=@|&.".contains(character) else {
            throw GraphQLFailure("The document has an unexpected character.")
        }
        return .sign(character)
    }

    private mutating func text() throws(GraphQLFailure) -> String {
        var text = ""
        while let character = peek, character != "\"", !character.isNewline {
            index += 1
            guard character == "\\" else {
                text.append(character)
                continue
            }
            guard let escaped = peek else { break }
            index += 1
            text.append(["n": "\n", "t": "\t", "r": "\r"][escaped] ?? escaped)
        }
        guard peek == "\"" else { throw GraphQLFailure("A string in the document has no end.") }
        index += 1
        return text
    }

    /// Skips white space, commas, and comments.
    private mutating func skip() {
        while let character = peek {
            if character == "#" {
                while let character = peek, !character.isNewline { index += 1 }
            } else if character.isWhitespace || character == "," {
                index += 1
            } else {
                return
            }
        }
    }

    private mutating func take(while matches: (Character) -> Bool) -> String {
        let start = index
        while let character = peek, matches(character) { index += 1 }
        return String(characters[start..<index])
    }

    private var peek: Character? { index < characters.count ? characters[index] : nil }
}
