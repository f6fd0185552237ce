import Foundation
import Testing

/// One of the providers' own pages, byte for byte, and what its examples say.
struct Document: Sendable {
    let text: String

    init(_ number: Int) throws {
        let folder = try #require(Bundle.module.url(forResource: "Documents", withExtension: nil))
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        let file = try #require(files.first { $0.lastPathComponent.hasPrefix(String(format: "%03d_", number)) })
        text = try String(contentsOf: file, encoding: .utf8)
    }

    /// The URL in the line that begins with a label, whatever Markdown stands around it.
    func url(_ label: String) throws -> URL {
        let lines = text.split(separator: "\n").map { $0.trimmingCharacters(in: CharacterSet(charactersIn: "* ")) }
        let line = try #require(lines.first { $0.hasPrefix(label) })
        let found = try #require(line.firstMatch(of: /https:\/\/[A-Za-z0-9.\/-]+/))
        return try #require(URL(string: String(found.output)))
    }

    /// The page's request example.
    func curl() throws -> CurlExample {
        let start = try #require(text.firstRange(of: "curl --location"))
        return try CurlExample(ShellWords.firstCommand(in: text[start.lowerBound...]))
    }

    /// The body of the page's response example.
    func answer() throws -> Data {
        let headings = ["Response example", "Example Response"]
        let heading = try #require(headings.lazy.compactMap { text.firstRange(of: $0) }.first)
        let start = try #require(text[heading.upperBound...].firstIndex(of: "{"))
        let end = try #require(text[start...].firstIndex(of: "}"))
        return Data(text[start...end].utf8)
    }

    /// The members of the response example, by Foundation's own reader.
    func members() throws -> [String: Any] {
        try #require(JSONSerialization.jsonObject(with: answer()) as? [String: Any])
    }
}

/// What a `curl` command of a page sends.
struct CurlExample {
    var method = "GET"
    var url = ""
    var headers: [String: String] = [:]
    var json: [String: String]?
    var form: [String] = []

    init(_ words: [String]) throws {
        var rest = words.dropFirst()[...]
        func next() throws -> String {
            let word = rest.popFirst()
            return try #require(word)
        }
        while let word = rest.popFirst() {
            switch word {
            case "--location": continue
            case "--request": (method, url) = try (next(), next())
            case "--header":
                let parts = try next().split(separator: ": ", maxSplits: 1).map(String.init)
                headers[parts[0]] = parts[1]
            case "--data", "--data-raw":
                let body = try JSONSerialization.jsonObject(with: Data(next().utf8))
                json = try #require(body as? [String: String])
            case "--data-urlencode": form.append(try next())
            default: Issue.record("The example has a word that is not understood: \(word)")
            }
        }
    }

    /// What follows the host, which the WeTix pages write without a scheme.
    var path: String {
        let rest = url.firstRange(of: "://").map { url[$0.upperBound...] } ?? url[...]
        return String(rest[(rest.firstIndex(of: "/") ?? rest.endIndex)...])
    }

    /// The id and the secret in the example's `Authorization`, as far as its Base64 goes.
    func credentials() throws -> (id: String, secret: String) {
        let value = try #require(headers["Authorization"]?.dropFirst("Basic ".count))
        let base64 = value.prefix { $0 != "." }
        let data = try #require(Data(base64Encoded: String(base64)))
        let halves = String(decoding: data, as: UTF8.self).split(separator: ":", maxSplits: 1).map(String.init)
        return (id: halves[0], secret: halves[1])
    }
}

/// A shell's reading of a command: quotes, escapes, and line ends that a backslash takes away.
enum ShellWords {
    static func firstCommand(in text: Substring) -> [String] {
        var words: [String] = []
        var word: String?
        var quote: Character?
        var rest = text
        while let character = rest.popFirst() {
            switch (character, quote) {
            case ("\\", "\""), ("\\", nil):
                guard let next = rest.popFirst() else { break }
                if next != "\n" { word = (word ?? "") + String(next) }
            case ("'", nil), ("\"", nil): (quote, word) = (character, word ?? "")
            case (quote, _) where quote != nil: quote = nil
            case (" ", nil), ("\n", nil):
                if let word { words.append(word) }
                word = nil
                if character == "\n" { return words }
            default: word = (word ?? "") + String(character)
            }
        }
        return word.map { words + [$0] } ?? words
    }
}
