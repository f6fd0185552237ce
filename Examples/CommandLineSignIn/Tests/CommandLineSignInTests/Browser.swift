import Foundation
import Testing

/// Chromium without a window, driven as W3C WebDriver says by the chromedriver that comes with it.
struct Browser: Sendable {
    private let root: URL

    /// Lends a browser that knows nothing of others, and ends it.
    static func run<Value>(_ body: (Browser) async throws -> Value) async throws -> Value {
        let (driver, server) = try await startDriver()
        defer { driver.kill() }
        let arguments = ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--no-first-run"]
        let session = try await send(
            "POST",
            server,
            [
                "capabilities": [
                    "alwaysMatch": [
                        "goog:chromeOptions": ["args": arguments + ["--window-size=900,700"]],
                        // An element that is looked for may come with the next page.
                        "timeouts": ["implicit": 20_000],
                    ]
                ]
            ]
        )
        let id = try #require((session as? [String: Any])?["sessionId"] as? String)
        let browser = Browser(root: server.appending(path: id))
        do {
            let value = try await body(browser)
            _ = try await send("DELETE", browser.root)
            return value
        } catch {
            _ = try? await send("DELETE", browser.root)
            throw error
        }
    }

    /// Starts the driver on a free port: again if another program takes that port before the driver has it for IPv4 and IPv6.
    private static func startDriver() async throws -> (Program, server: URL) {
        var words = ""
        for _ in 0..<5 {
            let driver = try Program(named: "chromedriver", ["--port=0"])
            if let line = await driver.line(where: { $0.contains("started successfully on port") }) {
                let port = line.split(whereSeparator: { !$0.isNumber }).last ?? ""
                return try (driver, #require(URL(string: "http://127.0.0.1:\(port)/session")))
            }
            words += try await driver.end().words
        }
        throw BrowserFailure(description: "chromedriver did not start: \(words)")
    }

    func open(_ url: String) async throws {
        try await post("url", ["url": url])
    }

    func click(_ selector: String) async throws {
        try await post("element/\(element(selector))/click")
    }

    /// The text of an element as a person sees it, once it is there.
    func text(_ selector: String) async throws -> String {
        try #require(try await get("element/\(element(selector))/text") as? String)
    }

    func title() async throws -> String {
        try #require(try await get("title") as? String)
    }

    /// The value of an expression of JavaScript.
    func value(of expression: String) async throws -> Any? {
        try await post("execute/sync", ["script": "return \(expression)", "args": [String]()])
    }

    /// Lets pages see that the person likes `light` or `dark`.
    func prefer(_ scheme: String) async throws {
        let features = [["name": "prefers-color-scheme", "value": scheme]]
        let parameters = ["cmd": "Emulation.setEmulatedMedia", "params": ["features": features]] as [String: Any]
        try await post("goog/cdp/execute", parameters)
    }

    /// Saves what is seen, for a person to look at, in the folder that `SCREENSHOTS` names.
    func photograph(_ name: String) async throws {
        guard let folder = ProcessInfo.processInfo.environment["SCREENSHOTS"] else { return }
        let text = try #require(try await get("screenshot") as? String)
        try #require(Data(base64Encoded: text)).write(to: URL(filePath: folder).appending(path: "\(name).png"))
    }

    private func element(_ selector: String) async throws -> String {
        let found = try await post("element", ["using": "css selector", "value": selector])
        return try #require((found as? [String: String])?.values.first)
    }

    private func get(_ path: String) async throws -> Any? {
        try await Self.send("GET", root.appending(path: path))
    }

    @discardableResult
    private func post(_ path: String, _ body: [String: Any] = [:]) async throws -> Any? {
        try await Self.send("POST", root.appending(path: path), body)
    }

    /// By curl: `URLSession` on Linux (6.3.1) takes no header without a space after its colon, as chromedriver sends them.
    private static func send(_ method: String, _ url: URL, _ body: [String: Any]? = nil) async throws -> Any? {
        var words = ["-s", "--max-time", "60", "-X", method, url.absoluteString]
        if let body {
            let data = try JSONSerialization.data(withJSONObject: body)
            words += ["--data", String(decoding: data, as: UTF8.self)]
        }
        let said = try await Program(named: "curl", words).end().words
        let answer = try JSONSerialization.jsonObject(with: Data(said.utf8)) as? [String: Any]
        let value = answer?["value"]
        if let failure = value as? [String: Any], let error = failure["error"] {
            throw BrowserFailure(description: "\(error): \(failure["message"] ?? "")")
        }
        return value
    }
}

struct BrowserFailure: Error, CustomStringConvertible {
    let description: String
}
