import Foundation
import Synchronization
import Testing

/// A program that runs beside the tests, whose lines are read as they come.
final class Program: Sendable {
    private let id: Int32
    private let lines: AsyncStream<String>
    private let seen = Mutex<[String]>([])
    private let status: AsyncStream<Int32>

    /// Runs this package's program.
    static func signIn(_ words: String...) throws -> Program {
        try signIn(words, [:])
    }

    /// Runs this package's program, with variables of its own besides those of the tests.
    static func signIn(_ words: [String], _ variables: [String: String]) throws -> Program {
        try Program(try beside("CommandLineSignIn"), words, environment().merging(variables) { $1 })
    }

    /// Runs a program of the system.
    convenience init(named name: String, _ words: [String]) throws {
        let environment = Self.environment()
        let folders = (environment["PATH"] ?? "").split(separator: ":").map(String.init)
        let places = folders.map { URL(filePath: $0).appending(path: name) }
        let found = try #require(
            places.first { FileManager.default.isExecutableFile(atPath: $0.path) },
            "\(name) is not installed; on Debian it comes with apt-get install chromium chromium-driver"
        )
        try self.init(found, words, environment)
    }

    private init(_ executable: URL, _ words: [String], _ environment: [String: String]) throws {
        let process = Process()
        process.executableURL = executable
        process.arguments = words
        process.environment = environment
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
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

    /// The URL that the program shows.
    func url() async throws -> String {
        try #require(await line { $0.contains("http://") }).trimmingCharacters(in: .whitespaces)
    }

    /// Waits for the end: the exit status, and everything that was said.
    func end() async -> (status: Int32?, words: String) {
        _ = await line { _ in false }
        var last: Int32?
        for await one in status { last = one }
        return (last, seen.withLock { $0.joined(separator: "\n") })
    }

    func kill() { Foundation.kill(id, SIGKILL) }

    private static func environment() -> [String: String] {
        ProcessInfo.processInfo.environment.filter { !$0.key.lowercased().hasSuffix("_proxy") }
    }

    /// Programs of the package are built beside its tests.
    private static func beside(_ name: String) throws -> URL {
        let tests = Bundle.allBundles.map(\.bundleURL) + [Bundle.main.executableURL ?? Bundle.main.bundleURL]
        let places = tests.flatMap { [$0, $0.deletingLastPathComponent()] }.map { $0.appending(path: name) }
        return try #require(
            places.first { FileManager.default.isExecutableFile(atPath: $0.path) && !$0.hasDirectoryPath }
        )
    }
}
