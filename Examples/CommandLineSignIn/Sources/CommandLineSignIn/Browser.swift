import Foundation

/// The person's browser.
enum Browser {
    /// Opens a URL by the system's own opener; where there is none, the printed URL has to do.
    static func open(_ url: URL) {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        #if os(macOS)
        let name = "open"
        #else
        let name = "xdg-open"
        #endif
        let openers = folders.map { URL(filePath: "\($0)/\(name)") }
        guard let opener = openers.first(where: { FileManager.default.isExecutableFile(atPath: $0.path) }) else {
            return
        }
        let process = Process()
        process.executableURL = opener
        process.arguments = [url.absoluteString]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try? process.run()
    }
}
