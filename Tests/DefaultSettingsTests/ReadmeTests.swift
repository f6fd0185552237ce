import Foundation
import Testing

@Test func `Every sample of the README is code that compiles`() throws {
    let readme = try String(contentsOf: Samples.root.appending(path: "README.md"), encoding: .utf8)
    let compiled = try Samples.compiled()
    let samples = Samples.swift(in: readme)
    #expect(samples.count >= 8)
    for sample in samples where !sample.contains(".package(") {
        let isCompiled = compiled.contains { Samples.contains($0, sample) }
        #expect(isCompiled, "not compiled anywhere:\n\(sample)")
    }
}
