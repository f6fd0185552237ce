import Foundation
import Testing

private let catalog = Samples.root.appending(path: "Sources/OAuthDialects/OAuthDialects.docc")

@Test func `Every sample of the articles is code that compiles`() throws {
    let compiled = try Samples.compiled()
    let articles = try Samples.files(in: Samples.root.appending(path: "Sources"), ending: "md")
    #expect(articles.count >= 10)
    for article in articles {
        let samples = Samples.swift(in: try String(contentsOf: article, encoding: .utf8))
        for sample in samples where !sample.hasPrefix("// swift-tools-version") {
            let isCompiled = compiled.contains { Samples.contains($0, sample) }
            #expect(isCompiled, "\(article.lastPathComponent): not compiled anywhere:\n\(sample)")
        }
    }
}

@Test func `The manifests of the start and the tutorial name products of this package`() throws {
    let article = try Samples.article("GettingStarted")
    let start = try #require(Samples.swift(in: article).first { $0.hasPrefix("// swift-tools-version") })
    let step = catalog.appending(path: "Tutorials/Code/Call-00-package.swift")
    let own = try String(contentsOf: Samples.root.appending(path: "Package.swift"), encoding: .utf8)
    for manifest in [start, try String(contentsOf: step, encoding: .utf8)] {
        let products = manifest.matches(of: /\.product\(name: "(\w+)", package: "OAuthDialects"\)/).map(\.output.1)
        #expect(products.count == 3)
        for product in products { #expect(own.contains(".library(name: \"\(product)\"")) }
        #expect(own.hasPrefix("// swift-tools-version: 6.2\n") && manifest.hasPrefix("// swift-tools-version: 6.2\n"))
    }
}

@Test func `Every step of the tutorials is a file that compiles`() throws {
    let compiled = try Samples.compiled()
    let steps = try Samples.files(in: catalog.appending(path: "Tutorials/Code"), ending: "swift")
    #expect(steps.count >= 23)
    for step in steps {
        let code = try String(contentsOf: step, encoding: .utf8)
        if code.hasPrefix("// swift-tools-version") { continue }
        let isCompiled = compiled.contains { Samples.contains($0, code) }
        #expect(isCompiled, "not compiled as it stands: \(step.lastPathComponent)")
    }
}

@Test func `The page about the session names every event and every stage of the machine`() throws {
    let page = try String(contentsOf: catalog.appending(path: "HowASessionWorks.md"), encoding: .utf8)
    let folder = Samples.root.appending(path: "Sources/OAuthDialects/Renewal")
    for (file, type) in [("SessionMachine+Events", "enum Event"), ("Operation", "enum Stage")] {
        let source = try String(contentsOf: folder.appending(path: "\(file).swift"), encoding: .utf8)
        let body = try #require(source.components(separatedBy: type).dropFirst().first)
        let names = body.components(separatedBy: "\n    }\n")[0].matches(of: /case (\w+)/).map(\.output.1)
        #expect(names.count >= 10)
        for name in names { #expect(page.contains("`\(name)`"), "\(type) has \(name), and the page does not") }
    }
    for name in page.matches(of: /`(\w+(?:\+\w+)?\.swift)`/).map(\.output.1) {
        let isThere = try Samples.files(in: Samples.root.appending(path: "Sources"), ending: "swift")
            .contains { $0.lastPathComponent == name }
        #expect(isThere, "no such file: \(name)")
    }
}

@Test func `Every test that the article on security names is there`() throws {
    let article = try String(contentsOf: catalog.appending(path: "Security.md"), encoding: .utf8)
    let rows = article.split(separator: "\n").filter { $0.hasPrefix("|") }.dropFirst(2)
    let tests = try Samples.files(in: Samples.root.appending(path: "Tests"), ending: "swift")
        .map { try String(contentsOf: $0, encoding: .utf8) }
    #expect(rows.count >= 15)
    for row in rows {
        let names = row.split(separator: "|").last?.matches(of: /\*([^*]+)\*/).map { "func `\($0.output.1)`" } ?? []
        #expect(!names.isEmpty, "no test: \(row)")
        for name in names where !tests.contains(where: { $0.contains(name) }) { Issue.record("no such test: \(name)") }
    }
}

@Test func `Every test that the article on promises names is there`() throws {
    let article = try Samples.article("Promises")
    let promises = article.split(separator: #/\n\d+\. /#).dropFirst()
    let tests = try Samples.files(in: Samples.root.appending(path: "Tests"), ending: "swift")
        .map { try String(contentsOf: $0, encoding: .utf8) }
    #expect(promises.count == 14)
    for promise in promises {
        let names = promise.matches(of: /\*([^*\n]+)\*/).map { "func `\($0.output.1)`" }
        #expect(!names.isEmpty, "no test: \(promise)")
        for name in names where !tests.contains(where: { $0.contains(name) }) { Issue.record("no such test: \(name)") }
    }
}

@Test func `Each row of the table of trouble is a scenario that the tests run`() throws {
    struct Scenario: Decodable { let title: String }
    let page = try String(contentsOf: catalog.appending(path: "Troubleshooting.md"), encoding: .utf8)
    let article = try #require(page.components(separatedBy: "\n## What each kind").dropFirst().first)
    let folder = Samples.root.appending(path: "Tests/OAuthDialectsTests/Scenarios/Trouble")
    let titles = try Samples.files(in: folder, ending: "json")
        .map { try JSONDecoder().decode(Scenario.self, from: Data(contentsOf: $0)).title }
    let rows = article.split(separator: "\n").filter { $0.hasPrefix("|") }.dropFirst(2)
    let situations = rows.compactMap { $0.firstMatch(of: /^\| \*(.+?)\* \|/).map { String($0.output.1) } }
    #expect(situations.count == rows.count)
    #expect(titles.count >= 11)
    #expect(situations == titles)
    for row in rows { #expect(row.split(separator: "|").count == 4, "a cell is missing: \(row)") }
}
