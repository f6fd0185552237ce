import Foundation
import Synchronization
import Testing

/// A program that runs beside the tests, whose lines are read as they come.
final class Program: Sendable {
    private let id: Int32
    private let lines: AsyncStream<String>
    private let seen = Mutex<[String]>([])
    private let status: AsyncStream<Int32>

    /// Runs an executable, whose standard error goes to a file, or without one among the lines.
    init(_ executable: URL, _ words: [String] = [], _ variables: [String: String] = [:], log: URL? = nil) throws {
        let process = Process()
        process.executableURL = executable
        process.arguments = words
        process.environment = Self.environment.merging(variables) { $1 }
        let output = Pipe()
        process.standardOutput = output
        if let log {
            try Data().write(to: log)
            process.standardError = try FileHandle(forWritingTo: log)
        } else {
            process.standardError = output
        }
        let (status, ending) = AsyncStream.makeStream(of: Int32.self)
        process.terminationHandler = {
            ending.yield($0.terminationStatus)
            ending.finish()
        }
        let (lines, arrivals) = AsyncStream.makeStream(of: String.self)
        (self.lines, self.status) = (lines, status)
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
            if !text.isEmpty { arrivals.yield(String(decoding: text, as: UTF8.self)) }
            arrivals.finish()
        }
    }

    /// The next line that is meant; `nil` if the program ends without one.
    func line(where isMeant: (String) -> Bool) async -> String? {
        for await line in lines {
            seen.withLock { $0.append(line) }
            if isMeant(line) { return line }
        }
        return nil
    }

    /// Waits for the end: the exit status, and everything that was said.
    @discardableResult
    func end() async -> (status: Int32?, words: String) {
        _ = await line { _ in false }
        var last: Int32?
        for await one in status { last = one }
        return (last, seen.withLock { $0.joined(separator: "\n") })
    }

    /// Ends the program as Ctrl-C does.
    func interrupt() { Foundation.kill(id, SIGINT) }

    /// Ends the program at once.
    func kill() { Foundation.kill(id, SIGKILL) }

    /// A program of the system; `nil` if it is not installed.
    static func installed(_ name: String) -> URL? {
        let folders = (environment["PATH"] ?? "").split(separator: ":").map(String.init)
        let places = folders.map { URL(filePath: $0).appending(path: name) }
        return places.first { FileManager.default.isExecutableFile(atPath: $0.path) }
    }

    /// A program of the package, which is built beside its tests.
    static func built(_ name: String) throws -> URL {
        let tests = Bundle.allBundles.map(\.bundleURL) + [Bundle.main.executableURL ?? Bundle.main.bundleURL]
        let places = tests.flatMap { [$0, $0.deletingLastPathComponent()] }.map { $0.appending(path: name) }
        return try #require(
            places.first { FileManager.default.isExecutableFile(atPath: $0.path) && !$0.hasDirectoryPath }
        )
    }

    /// A proxy of the environment must not come between the programs on this machine.
    private static var environment: [String: String] {
        ProcessInfo.processInfo.environment.filter { !$0.key.lowercased().hasSuffix("_proxy") }
    }
}
