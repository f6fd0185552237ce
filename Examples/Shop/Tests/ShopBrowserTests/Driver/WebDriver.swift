import Foundation
import OAuthDialects

/// Commands of W3C WebDriver to a browser's session.
struct WebDriver: Sendable {
    /// What the driver answers to a command that failed.
    struct Failure: Error, CustomStringConvertible {
        let description: String

        /// Whether the element is no longer in the page.
        var isStale: Bool { description.hasPrefix("stale element reference") }
    }

    /// The session's URL.
    let root: URL

    @discardableResult
    func post(_ path: String, _ body: [String: Any] = [:]) async throws -> Any? {
        try await Self.send("POST", root.appending(path: path), body)
    }

    func get(_ path: String) async throws -> Any? {
        try await Self.send("GET", root.appending(path: path))
    }

    func delete(_ path: String? = nil) async throws {
        _ = try await Self.send("DELETE", path.map { root.appending(path: $0) } ?? root)
    }

    /// Not by `URLSession`, which on Linux (6.3.1) takes no header without a space after its colon, as chromedriver sends them.
    static func send(_ method: String, _ url: URL, _ body: [String: Any]? = nil) async throws -> Any? {
        let data = try body.map { try JSONSerialization.data(withJSONObject: $0) }
        let request = WireRequest(
            method,
            url,
            headers: ["Content-Type": "application/json"],
            body: data.map { .bytes($0) }
        )
        let transport: SystemTransport = .system
        let limits = WireLimits(maximumBodyBytes: 64 * 1024 * 1024, timeout: .seconds(90))
        let response = try await transport.send(request, limits)
        let answer = try JSONSerialization.jsonObject(with: response.body) as? [String: Any]
        let value = answer?["value"]
        if let failure = value as? [String: Any], let error = failure["error"] {
            throw Failure(description: "\(error): \(failure["message"] ?? "")")
        }
        return value
    }
}
