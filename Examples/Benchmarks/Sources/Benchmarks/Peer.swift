import Foundation

/// What people use instead: a short program in its own language, which does one kind of work and prints one number.
struct Peer {
    let name: String
    private let command: [String]
    private let install: String
    private let works: Set<String>

    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Peers")

    private static var known: [Peer] {
        let go = FileManager.default.temporaryDirectory.appending(path: "oauth-benchmark-go-peer").path
        let python = folder.appending(path: "python")
        let plain: Set = ["fresh", "crowd", "down", "first"]
        return [
            Peer(
                name: "Go x/oauth2",
                command: [go],
                install: "apt-get install golang-go golang-golang-x-oauth2-dev",
                works: plain.union(["pair"])
            ),
            Peer(
                name: "Authlib",
                command: ["python3", python.appending(path: "authlib_peer.py").path],
                install: "pip install authlib requests",
                works: plain
            ),
            Peer(
                name: "requests-oauthlib",
                command: ["python3", python.appending(path: "requests_oauthlib_peer.py").path],
                install: "pip install requests-oauthlib",
                works: plain
            ),
        ]
    }

    /// Those that run here.
    static func all() -> [Peer] {
        let environment = ["GO111MODULE": "off", "GOPATH": "/usr/share/gocode", "GOFLAGS": "-buildvcs=false"]
        _ = try? run(
            ["go", "build", "-o", known[0].command[0], "main.go"],
            in: folder.appending(path: "go"),
            environment
        )
        return known.filter { $0.measure("fresh") != nil }
    }

    static func missing(from peers: [Peer]) -> [String] {
        known.filter { peer in !peers.contains { $0.name == peer.name } }
            .map { "\($0.name) is not installed: \($0.install)" }
    }

    /// The number that it prints for a kind of work; `nil` if it does not do it.
    func measure(_ work: String, _ url: URL? = nil) -> Double? {
        guard works.contains(work) else { return nil }
        return (try? Self.run(command + [work] + (url.map { [$0.absoluteString] } ?? []))).flatMap { Double($0) }
    }

    private static func run(_ command: [String], in folder: URL? = nil, _ more: [String: String] = [:]) throws -> String
    {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = command
        process.currentDirectoryURL = folder
        process.environment = ProcessInfo.processInfo.environment.merging(more) { $1 }
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
