import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

private let article = Samples.root.appending(path: "Sources/OAuthDialects/OAuthDialects.docc/Troubleshooting.md")

private func sources(of products: [String]) throws -> [(name: String, text: String)] {
    try products.flatMap { product in
        try Samples.files(in: Samples.root.appending(path: "Sources/\(product)"), ending: "swift")
            .filter { !$0.path().contains(".docc/") }
            .map { ($0.lastPathComponent, try String(contentsOf: $0, encoding: .utf8)) }
    }
}

@Test func `The article on trouble names every code of an error`() throws {
    let text = try String(contentsOf: article, encoding: .utf8)
    let codes = try String(
        contentsOf: Samples.root.appending(path: "Sources/OAuthDialects/Errors/TokenErrorCode.swift"),
        encoding: .utf8
    ).matches(of: /public static let (\w+)/).map(\.output.1)
    #expect(codes.count >= 20)
    for code in codes where !text.contains("`\(code): ") { Issue.record("no error with the code \(code)") }
}

@Test func `The article on trouble has the text of every error`() throws {
    let text = try String(contentsOf: article, encoding: .utf8)
    var count = 0
    for (name, source) in try sources(of: ["OAuthDialects", "OAuthProviders"]) {
        for message in ErrorTexts.messages(in: source) {
            count += 1
            for piece in message where piece.count >= 10 && !text.contains(piece) {
                Issue.record("\(name): the article lacks \"\(piece)\"")
            }
        }
    }
    #expect(count >= 150)
}

@Test func `Each text of an error in the article on trouble is one of the sources`() throws {
    let sources = try sources(of: ["OAuthDialects", "OAuthProviders", "OAuthDialectsTesting"])
        .map(\.text).joined(separator: "\n").lowercased()
    let text = try String(contentsOf: article, encoding: .utf8).components(separatedBy: "\n## What each kind")[0]
    let entries = text.split(separator: "\n").filter { $0.hasPrefix("- ") || $0.hasPrefix("  `") }
    var count = 0
    for quoted in entries.flatMap({ $0.matches(of: /`([^`]+)`/).map(\.output.1) }) where quoted.contains(" ") {
        let pieces = quoted.split(separator: #/… ?|: | \(|\)|\. ?$/#).filter { $0.count >= 10 && !$0.contains("_") }
        for piece in pieces where !piece.contains("HTTP ") {
            count += 1
            if !ErrorTexts.isKnown(piece.lowercased(), in: sources) { Issue.record("no error says \"\(piece)\"") }
        }
    }
    #expect(count >= 150)
}

@Test func `The article on trouble shows errors as they are printed`() async throws {
    let text = try String(contentsOf: article, encoding: .utf8)
    let shown = try #require(text.components(separatedBy: "```text\n").dropFirst().first).split(separator: "\n")
    let dialect = TikiDialect.tiki(.production)
    let untrusted = #expect(throws: TokenError.self) {
        try dialect.apiOrigins.check(URL(string: "https://shop.example/orders")!)
    }
    #expect("\(try #require(untrusted))".hasPrefix(shown[0].dropLast(2)))
    var policy = RenewalPolicy()
    policy.attempts = 1
    let session = TokenSession(
        dialect: dialect,
        credentials: ClientCredentials(id: "shop", secret: "s3cret"),
        transport: NoSuchHost(),
        policy: policy,
        clock: TestClock()
    )
    let unknown = await #expect(throws: TokenError.self) { try await session.accessToken() }
    let parts = shown[1].components(separatedBy: "Next attempt at ")
    #expect("\(try #require(unknown))".components(separatedBy: "Next attempt at ").first == parts.first)
}

private struct NoSuchHost: WireTransport {
    func send(_ request: WireRequest, _ limits: WireLimits) async throws -> WireResponse {
        throw WireFailure(.notConnected, mayHaveArrived: false, underlying: URLError(.cannotFindHost))
    }
}

/// The texts that the sources give to errors.
private enum ErrorTexts {
    /// The parts of each message that don't vary.
    static func messages(in source: String) -> [[String]] {
        let start =
            #/(TokenError\(\s*\.\w+,\s*|as: \.\w+,\s*|unreadableRecord\(\s*|stray\(|refusal\(|\berror\(\s*[^\s,]+,\s*|ConfigurationError\((\w+: [\w.()]+,\s*)*)"/#
        return source.matches(of: start).map { pieces(of: source[$0.range.upperBound...]) }
    }

    /// The parts of a literal between its interpolations, up to its end.
    private static func pieces(of literal: Substring) -> [String] {
        var (pieces, piece, depth) = ([String](), "", 0)
        var rest = literal
        while let next = rest.popFirst() {
            switch (next, depth) {
            case ("\"", 0): return (pieces + [piece]).map { $0.trimmingCharacters(in: .whitespaces) }
            case ("\\", 0) where rest.first == "(":
                rest.removeFirst()
                pieces.append(piece)
                (piece, depth) = ("", 1)
            case ("\\", 0): piece.append(rest.removeFirst())
            case ("(", 1...): depth += 1
            case (")", 1...): depth -= 1
            case (_, 0): piece.append(next)
            default: break
            }
        }
        return pieces
    }

    /// Whether the sources have a text, as a whole or in two parts.
    static func isKnown(_ text: String, in sources: String) -> Bool {
        if sources.contains(text) { return true }
        let words = text.split(separator: " ")
        return words.indices.dropFirst().contains { index in
            let (head, tail) = (words[..<index].joined(separator: " "), words[index...].joined(separator: " "))
            return sources.contains(head) && sources.contains(tail)
        }
    }
}
