import Foundation
import Testing

@Test func `Every sample of the article on signing people in is code that compiles`() throws {
    let here = URL(filePath: #filePath).deletingLastPathComponent()
    let root = here.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let article = root.appending(path: "Sources/OAuthDialects/OAuthDialects.docc/SigningPeopleIn.md")
    let compiled = lines(try String(contentsOf: here.appending(path: "SignInSamples.swift"), encoding: .utf8))
    let parts = try String(contentsOf: article, encoding: .utf8).components(separatedBy: "```swift\n").dropFirst()
    #expect(parts.count == 8)
    for part in parts {
        let sample = part.components(separatedBy: "\n```")[0]
        #expect(compiled.contains(lines(sample)), "not compiled anywhere:\n\(sample)")
    }
}

/// The lines without indentation.
private func lines(_ code: String) -> String {
    code.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: "\n")
}
