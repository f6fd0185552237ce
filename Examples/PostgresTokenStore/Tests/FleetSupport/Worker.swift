import Foundation

/// A process of a fleet, spoken to in lines.
public final class Worker: Sendable {
    private let input = Pipe()
    private let lines: AsyncStream<String>
    private let id: Int32
    private let ends: AsyncStream<Int32>

    /// Starts a program that is built beside the tests, behind another command if told.
    public init(
        _ words: [String],
        of program: String = "FleetWorker",
        behind prefix: [String] = [],
        environment: [String: String] = [:]
    ) throws {
        let output = Pipe()
        let (lines, arrivals) = AsyncStream.makeStream(of: String.self)
        self.lines = lines
        let (ends, end) = AsyncStream.makeStream(of: Int32.self)
        self.ends = ends
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = prefix + [try Self.executable(program).path] + words
        process.environment = ProcessInfo.processInfo.environment
            .filter { !$0.key.lowercased().hasSuffix("_proxy") }
            .merging(environment) { $1 }
        process.standardInput = input
        process.standardOutput = output
        process.terminationHandler = { end.yield($0.terminationStatus) }
        try process.run()
        id = process.processIdentifier
        Thread.detachNewThread {
            var text = Data()
            while case let data = output.fileHandleForReading.availableData, !data.isEmpty {
                text += data
                while let end = text.firstIndex(of: 10) {
                    arrivals.yield(String(decoding: text[..<end], as: UTF8.self))
                    text = Data(text[(end + 1)...])
                }
            }
            arrivals.finish()
        }
    }

    deinit { kill(id, SIGKILL) }

    /// The next line; `nil` once the process has ended.
    public func line() async -> String? {
        for await line in lines { return line }
        return nil
    }

    /// With what it ended: 0 if in order, else a status of its own or the number of a signal.
    public func status() async -> Int32? {
        for await status in ends { return status }
        return nil
    }

    /// Says a line.
    public func say(_ line: String) {
        input.fileHandleForWriting.write(Data((line + "\n").utf8))
    }

    /// Says something and waits for the answer.
    public func ask(_ line: String) async -> String? {
        say(line)
        return await self.line()
    }

    /// Sends a signal.
    public func signal(_ number: Int32) { kill(id, number) }

    private static func executable(_ name: String) throws -> URL {
        let tests = Bundle.allBundles.map(\.bundleURL) + [Bundle.main.executableURL ?? Bundle.main.bundleURL]
        let folders = tests.flatMap { [$0, $0.deletingLastPathComponent()] }
        let found = folders.map { $0.appending(path: name) }.first {
            FileManager.default.isExecutableFile(atPath: $0.path) && !$0.hasDirectoryPath
        }
        guard let found else { throw Shell.Failure(description: "\(name) is not built.") }
        return found
    }
}
