import Foundation

/// What people use instead: a short program in its own language, which does one kind of work and prints one number.
struct Peer {
    let name: String
    let command: [String]
    /// What compiles the program, in the folder of its source.
    var build: (command: [String], folder: URL)?
    let install: String
    let works: Set<String>

    /// Those that run here.
    static func all() -> [Peer] {
        try? FileManager.default.createDirectory(atPath: programs, withIntermediateDirectories: true)
        return known.filter { peer in
            if let build = peer.build { _ = try? run(build.command, in: build.folder) }
            return peer.measure("fresh") != nil
        }
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

    /// What a program prints.
    static func run(_ command: [String], in folder: URL? = nil) throws -> String {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = command
        process.currentDirectoryURL = folder
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
