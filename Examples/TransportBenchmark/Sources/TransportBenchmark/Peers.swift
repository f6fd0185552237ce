import Foundation

/// Programs in other languages, which print how many requests a second they made.
struct Peer {
    let name: String
    let command: [String]
    let build: [String]?
    let install: String

    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Peers")

    static var all: [Peer] {
        let go = FileManager.default.temporaryDirectory.appending(path: "transport-benchmark-go").path
        return [
            Peer(
                name: "Go net/http",
                command: [go],
                build: ["go", "build", "-o", go, folder.appending(path: "go/main.go").path],
                install: "apt-get install golang-go"
            ),
            Peer(
                name: "Python httpx",
                command: ["python3", folder.appending(path: "python/load.py").path],
                build: nil,
                install: "pip install httpx"
            ),
        ]
    }

    /// Requests a second; `nil` if it does not run here.
    func requestsPerSecond(_ url: URL, count: Int, atOnce: Int) -> Double? {
        if let build { _ = try? Self.run(build) }
        return (try? Self.run(command + [url.absoluteString, "\(count)", "\(atOnce)"])).flatMap { Double($0) }
    }

    private static func run(_ command: [String]) throws -> String {
        let (process, output) = (Process(), Pipe())
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = command
        process.environment = ProcessInfo.processInfo.environment.merging(["GO111MODULE": "off"]) { $1 }
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
