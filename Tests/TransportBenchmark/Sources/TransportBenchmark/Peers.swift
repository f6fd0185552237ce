import Foundation

/// Programs in other languages, which print how many requests a second they made.
struct Peer {
    let name: String
    let command: [String]
    let build: [String]?
    let install: String

    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Peers")

    static let thisProgram = CommandLine.arguments[0]

    static let renewals = Peer(
        name: "10,000 sessions that renew at once",
        command: [thisProgram, "renewals"],
        build: nil,
        install: "swift build -c release"
    )
    static let firstToken = Peer(name: "first token", command: [thisProgram, "first"], build: nil, install: "")
    static var goRenewals: Peer { go("10,000 clients of Go net/http", "renewals") }

    private static func go(_ name: String, _ program: String) -> Peer {
        let file = FileManager.default.temporaryDirectory.appending(path: "transport-benchmark-go-\(program)").path
        return Peer(
            name: name,
            command: [file],
            build: ["go", "build", "-o", file, folder.appending(path: "go/\(program)/main.go").path],
            install: "apt-get install golang-go"
        )
    }

    static var all: [Peer] {
        [
            go("Go net/http", "load"),
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
        figures(url.absoluteString, count, atOnce)?.first
    }

    /// The numbers that it prints; `nil` if it does not run here.
    func figures(_ url: String, _ numbers: Int...) -> [Double]? {
        if let build { _ = try? Self.run(build) }
        let line = try? Self.run(command + [url] + numbers.map(String.init))
        return line?.split(separator: " ").compactMap { Double($0) }
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
