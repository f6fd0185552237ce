import Foundation

/// The code of the documentation, to be compared with what is compiled here.
enum Samples {
    private static let here = URL(filePath: #filePath).deletingLastPathComponent()

    /// The package's root.
    static let root = here.deletingLastPathComponent().deletingLastPathComponent()

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

    /// An article of OAuthDialects.
    static func article(_ name: String) throws -> String {
        let file = "Sources/OAuthDialects/OAuthDialects.docc/\(name).md"
        return try String(contentsOf: root.appending(path: file), encoding: .utf8)
    }

    /// Whether a sample is a part of one of the files; a whole program may have its imports apart from its code.
    static func isCompiled(_ sample: String, in files: [String]) -> Bool {
        let lines = plain(sample).split(separator: "\n", omittingEmptySubsequences: false)
        let imports = lines.prefix { $0.hasPrefix("import ") || $0.hasPrefix("#") }
        let code = lines.dropFirst(imports.count).joined(separator: "\n")
        return files.contains { file in
            let known = file.split(separator: "\n").prefix(20)
            return file.contains(code) && imports.allSatisfy(known.contains)
        }
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
