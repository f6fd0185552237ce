import Foundation

/// The code of the documentation, to be compared with what is compiled here.
enum Samples {
    private static let here = URL(filePath: #filePath).deletingLastPathComponent()

    /// The package's root.
    static let root = here.deletingLastPathComponent().deletingLastPathComponent()

    /// An article of OAuthDialects.
    static func article(_ name: String) throws -> String {
        let file = "Sources/OAuthDialects/OAuthDialects.docc/\(name).md"
        return try String(contentsOf: root.appending(path: file), encoding: .utf8)
    }

    /// The Swift files of this target, as ``plain(_:)`` has them.
    static func compiled() throws -> [String] {
        try files(in: here, ending: "swift").map { plain(try String(contentsOf: $0, encoding: .utf8)) }
    }

    /// The files of a folder and of those in it, by the end of their names.
    static func files(in folder: URL, ending type: String) throws -> [URL] {
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path(percentEncoded: false))
        return names.filter { $0.hasSuffix("." + type) }.sorted().map { folder.appending(path: $0) }
    }

    /// The Swift samples of a Markdown text.
    static func swift(in text: String) -> [String] {
        text.components(separatedBy: "```swift\n").dropFirst().map { $0.components(separatedBy: "\n```")[0] }
    }

    /// Whether a file contains a sample as it stands, or a whole program: its imports, and the rest somewhere below them.
    static func contains(_ file: String, _ sample: String) -> Bool {
        if file.contains(plain(sample)) { return true }
        let lines = plain(sample).split(separator: "\n")
        let head = lines.prefix { $0.hasPrefix("import ") || $0.hasPrefix("#") }
        guard !head.isEmpty else { return false }
        let known = Set(file.split(separator: "\n"))
        return head.allSatisfy(known.contains) && file.contains(lines.dropFirst(head.count).joined(separator: "\n"))
    }

    /// The lines without indentation, comments and `private`, by which several samples may declare the same.
    static func plain(_ code: String) -> String {
        code.split(separator: "\n")
            .map { $0.components(separatedBy: "  //")[0].trimmingCharacters(in: .whitespaces) }
            .map { $0.replacing(#/^(file)?private /#, with: "") }
            .filter { !$0.isEmpty && !$0.hasPrefix("//") || $0.hasPrefix("///") }
            .joined(separator: "\n")
    }
}
