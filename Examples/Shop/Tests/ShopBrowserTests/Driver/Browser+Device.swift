import Foundation
import Testing

/// What the browser runs on, and what is seen of it.
extension Browser {
    /// Lets pages see that the person likes `light` or `dark`.
    func prefer(_ scheme: String) async throws {
        let features = [["name": "prefers-color-scheme", "value": scheme]]
        try await command("Emulation.setEmulatedMedia", ["features": features])
    }

    /// Makes the window so wide, in CSS pixels; a narrow one is a phone's, whose scroll bar takes no room.
    func setWidth(_ width: Int) async throws {
        let size = ["width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600] as [String: Any]
        try await command("Emulation.setDeviceMetricsOverride", size)
    }

    /// Turns JavaScript on or off for the pages that come.
    func setJavaScript(_ isOn: Bool) async throws {
        try await command("Emulation.setScriptExecutionDisabled", ["value": !isOn])
    }

    /// A picture of the whole page as a PNG.
    func picture() async throws -> Data {
        let parameters = ["format": "png", "captureBeyondViewport": true] as [String: Any]
        let answer = try await command("Page.captureScreenshot", parameters) as? [String: Any]
        return try #require((answer?["data"] as? String).flatMap { Data(base64Encoded: $0) })
    }

    /// Saves the whole page for a person to look at, in the folder that `SCREENSHOTS` names.
    func photograph(_ name: String) async throws {
        guard let path = ProcessInfo.processInfo.environment["SCREENSHOTS"] else { return }
        let folder = URL(filePath: path)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try await picture().write(to: folder.appending(path: "\(name).png"))
    }

    @discardableResult
    private func command(_ name: String, _ parameters: [String: Any]) async throws -> Any? {
        try await driver.post("goog/cdp/execute", ["cmd": name, "params": parameters])
    }
}
