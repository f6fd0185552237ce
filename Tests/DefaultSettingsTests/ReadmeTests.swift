import Foundation
import Testing

@Test func `Every sample of the README is code that compiles`() throws {
    let here = URL(filePath: #filePath).deletingLastPathComponent()
    let root = here.deletingLastPathComponent().deletingLastPathComponent()
    let readme = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
    let sources = try ["ReadmeSamples.swift", "AcmeDialect.swift"].map {
        plain(try String(contentsOf: here.appending(path: $0), encoding: .utf8))
    }
    let samples = readme.components(separatedBy: "```swift\n").dropFirst().map {
        $0.components(separatedBy: "\n```")[0]
    }
    #expect(samples.count >= 8)
    for sample in samples where !sample.contains(".package(") {
        #expect(sources.contains { $0.contains(plain(sample)) }, "not compiled anywhere:\n\(sample)")
    }
}

/// The lines without indentation and without comments.
private func plain(_ code: String) -> String {
    code.split(separator: "\n")
        .map { $0.components(separatedBy: "  //")[0].trimmingCharacters(in: .whitespaces) }
        .filter { !$0.isEmpty && !$0.hasPrefix("//") || $0.hasPrefix("///") }
        .joined(separator: "\n")
}
