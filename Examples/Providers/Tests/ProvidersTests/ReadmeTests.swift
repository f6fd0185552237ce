import Foundation
import Testing

/// The README's table says what the files say.
struct ReadmeTests {
    private static let package = URL(filePath: #filePath).appending(path: "../../..").standardizedFileURL

    /// What the dialects share.
    private static let shared: Set = ["PerGrant", "Signing"]

    private static var providers: [String] {
        get throws {
            let files = try FileManager.default.contentsOfDirectory(atPath: text("Sources/Providers").path())
            return files.map { $0.replacing(".swift", with: "") }.filter { !shared.contains($0) }.sorted()
        }
    }

    private static func text(_ path: String) -> URL { package.appending(path: path) }

    /// The lines of a file without imports, endpoints, comments, and blank lines.
    private static func lines(of provider: String) throws -> Int {
        let source = try String(contentsOf: text("Sources/Providers/\(provider).swift"), encoding: .utf8)
        return source.split(separator: "\n").count { line in
            let line = line.trimmingPrefix { $0 == " " }
            let isLeftOut = ["//", "import ", "public import "].contains(where: line.hasPrefix)
            return !line.isEmpty && !isLeftOut
                && !["https://", "Endpoint", "apiOrigins"].contains(where: line.contains)
        }
    }

    /// The clauses that a provider's test excuses.
    private static func excuses(of provider: String) throws -> [String] {
        let test = try String(contentsOf: text("Tests/ProvidersTests/\(provider)Tests.swift"), encoding: .utf8)
        guard let start = test.range(of: "excusing: [")?.upperBound else { return [] }
        let list = test[start...].prefix { $0 != "]" }
        return list.matches(of: /\.(\w+): "/).map { String($0.output.1) }.sorted()
    }

    @Test func `The README's table is that of the files`() throws {
        let readme = try String(contentsOf: Self.text("README.md"), encoding: .utf8)
        let rows = readme.split(separator: "\n").filter { $0.hasPrefix("| [") }.map { row in
            row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
        }
        let providers = try Self.providers
        #expect(rows.count == providers.count)
        for provider in providers {
            let row = rows.first { $0[0].hasSuffix("(Sources/Providers/\(provider).swift)") }
            let excuses = try Self.excuses(of: provider).map { "`\($0)`" }.joined(separator: ", ")
            #expect(row?[2] == "\(try Self.lines(of: provider))", "\(provider)")
            #expect(row?[3] == (excuses.isEmpty ? "none" : excuses), "\(provider)")
        }
    }

    @Test func `A dialect is small`() throws {
        let counts = try Self.providers.map(Self.lines).sorted()
        #expect(counts.count >= 20 && counts[counts.count / 2] <= 20, "the median of \(counts)")
        #expect(counts.last ?? 0 <= 60)
    }
}
