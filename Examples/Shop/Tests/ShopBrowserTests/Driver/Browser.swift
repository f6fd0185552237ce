import Foundation
import Testing

/// Chromium without a window, driven by the chromedriver that comes with it.
struct Browser: Sendable {
    private static let tries = 5

    let driver: WebDriver

    /// Whether the programs are installed; on Debian they come with `apt-get install chromium chromium-driver`.
    static let isInstalled = Program.installed("chromedriver") != nil

    /// Lends a browser that knows nothing of others, and ends it.
    static func run<Value>(_ body: (Browser) async throws -> Value) async throws -> Value {
        let (program, server) = try await startDriver()
        defer { program.kill() }
        let browser = try await Browser(at: server)
        do {
            let value = try await body(browser)
            try await browser.driver.delete()
            return value
        } catch {
            try? await browser.photograph("failure-\(UUID().uuidString.prefix(8))")
            try? await browser.driver.delete()
            throw error
        }
    }

    /// Starts the driver on a free port: again if another program takes that port before the driver has it for IPv4 and IPv6.
    private static func startDriver() async throws -> (Program, server: URL) {
        let chromedriver = try #require(Program.installed("chromedriver"))
        var words = ""
        for _ in 0..<tries {
            let program = try Program(chromedriver, ["--port=0"])
            if let line = await program.line(where: { $0.contains("started successfully on port") }) {
                let port = line.split(whereSeparator: { !$0.isNumber }).last ?? ""
                return try (program, #require(URL(string: "http://127.0.0.1:\(port)/session")))
            }
            words += await program.end().words
        }
        throw WebDriver.Failure(description: "chromedriver did not start: \(words)")
    }

    private init(at server: URL) async throws {
        let arguments = ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--no-first-run"]
        let capabilities: [String: Any] = [
            "goog:chromeOptions": ["args": arguments + ["--window-size=1280,900"]],
            // An element that is looked for may come with the next page, or with the next event.
            "timeouts": ["implicit": 20_000],
            "unhandledPromptBehavior": "accept",
        ]
        let session = try await WebDriver.send("POST", server, ["capabilities": ["alwaysMatch": capabilities]])
        let id = try #require((session as? [String: Any])?["sessionId"] as? String)
        driver = WebDriver(root: server.appending(path: id))
    }

    func open(_ url: URL) async throws {
        try await driver.post("url", ["url": url.absoluteString])
    }

    func reload() async throws { try await driver.post("refresh") }

    func goBack() async throws { try await driver.post("back") }

    /// Clicks an element; again if an event has replaced it meanwhile.
    func click(_ selector: String) async throws {
        for _ in 0..<Self.tries {
            do {
                try await driver.post("element/\(element(css: selector))/click")
                return
            } catch let failure as WebDriver.Failure where failure.isStale { continue }
        }
        throw WebDriver.Failure(description: "\(selector) is replaced all the time.")
    }

    /// Clicks a link or a button, and waits for the page that it leads to.
    func follow(_ selector: String) async throws {
        _ = try await value(of: "document.documentElement.setAttribute('data-left', '')")
        try await click(selector)
        try await see(element: "html:not([data-left])")
    }

    /// Clicks twice, as fast as a mouse does.
    func doubleClick(_ selector: String) async throws {
        let origin = ["element-6066-11e4-a52e-4f735466cecf": try await element(css: selector)]
        let press = [["type": "pointerDown", "button": 0], ["type": "pointerUp", "button": 0]] as [[String: Any]]
        let move = ["type": "pointerMove", "duration": 0, "origin": origin, "x": 0, "y": 0] as [String: Any]
        let mouse = ["type": "pointer", "id": "mouse", "actions": [move] + press + press] as [String: Any]
        try await driver.post("actions", ["actions": [mouse]])
    }

    func type(_ text: String, into selector: String) async throws {
        let element = try await element(css: selector)
        try await driver.post("element/\(element)/clear")
        try await driver.post("element/\(element)/value", ["text": text])
    }

    /// Presses a key of WebDriver's table, such as U+E004 for Tab.
    func press(_ key: String, times: Int = 1) async throws {
        let strokes = (0..<times).flatMap { _ in [["type": "keyDown", "value": key], ["type": "keyUp", "value": key]] }
        try await driver.post("actions", ["actions": [["type": "key", "id": "keyboard", "actions": strokes]]])
    }

    /// The text of an element as a person sees it, once it is there.
    func text(_ selector: String) async throws -> String {
        try #require(try await driver.get("element/\(element(css: selector))/text") as? String)
    }

    /// The page's URL.
    func url() async throws -> URL {
        let text = try await driver.get("url") as? String
        return try #require(text.flatMap { URL(string: $0) })
    }

    /// The value of an expression of JavaScript.
    func value(of expression: String) async throws -> Any? {
        try await driver.post("execute/sync", ["script": "return \(expression)", "args": [String]()])
    }

    func element(css selector: String) async throws -> String {
        try await element("css selector", selector)
    }

    func element(_ strategy: String, _ value: String) async throws -> String {
        let found = try await driver.post("element", ["using": strategy, "value": value])
        return try #require((found as? [String: String])?.values.first)
    }
}
