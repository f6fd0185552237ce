import Foundation
import Testing

/// Waits for facts: the driver looks until an element is there, or 20 s have passed.
extension Browser {
    /// Waits until an element's text has some words.
    func see(_ words: String, in tag: String = "main") async throws {
        let literal = words.contains("\"") ? "'\(words)'" : "\"\(words)\""
        do {
            _ = try await element("xpath", "//\(tag)[contains(normalize-space(.), \(literal))]")
        } catch let failure as WebDriver.Failure {
            let page = try await value(of: "document.body.innerText") as? String
            let place = try await url().path
            throw WebDriver.Failure(description: "“\(words)” is not at \(place): \(page ?? "") (\(failure))")
        }
    }

    /// Waits until there is an element.
    func see(element selector: String) async throws {
        _ = try await element(css: selector)
    }

    /// Loads the page again until it has an element; for what is decided by the server alone.
    func reload(until selector: String) async throws {
        for _ in 0..<100 where try await count(selector) == 0 { try await reload() }
        try await see(element: selector)
    }

    /// How many elements there are now.
    func count(_ selector: String) async throws -> Int {
        let text = String(decoding: try JSONEncoder().encode(selector), as: UTF8.self)
        return try #require(try await value(of: "document.querySelectorAll(\(text)).length") as? Int)
    }

    /// Whether the page has some words now.
    func shows(_ words: String) async throws -> Bool {
        let text = try await value(of: "document.body.innerText") as? String
        return try #require(text).contains(words)
    }

    /// The HTTP status of the page.
    func status() async throws -> Int {
        let expression = "performance.getEntriesByType('navigation')[0].responseStatus"
        return try #require(try await value(of: expression) as? Int)
    }

    /// The cookie of a name.
    func cookie(_ name: String) async throws -> [String: Any]? {
        let all = try await driver.get("cookie") as? [[String: Any]]
        return all?.first { $0["name"] as? String == name }
    }

    /// Replaces a cookie's value.
    func setCookie(_ name: String, to value: String) async throws {
        var cookie = try #require(try await cookie(name))
        cookie["value"] = value
        try await driver.delete("cookie/\(name)")
        try await driver.post("cookie", ["cookie": cookie])
    }
}
