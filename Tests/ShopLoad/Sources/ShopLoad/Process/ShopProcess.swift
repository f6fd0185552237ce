import Foundation

/// The shop's executable, run as a process of its own beside the sandboxes.
final class ShopProcess: Sendable {
    /// The shop did not start.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Where the shop is.
    let url: URL
    private let id: Int32
    private let ended: AsyncStream<Int32>

    /// Starts the shop with a log in a folder, and returns once it has printed its URL.
    init(_ executable: URL, in folder: URL, _ variables: [String: String]) async throws {
        let process = Process()
        process.executableURL = executable
        process.arguments = []
        process.environment = ProcessInfo.processInfo.environment
            .filter { !$0.key.lowercased().hasSuffix("_proxy") }
            .merging(variables) { $1 }
        let output = Pipe()
        process.standardOutput = output
        let log = folder.appending(path: "log")
        try Data().write(to: log)
        process.standardError = try FileHandle(forWritingTo: log)
        let (ended, ending) = AsyncStream.makeStream(of: Int32.self)
        process.terminationHandler = {
            ending.yield($0.terminationStatus)
            ending.finish()
        }
        try process.run()
        id = process.processIdentifier
        self.ended = ended
        let lines = Self.lines(of: output.fileHandleForReading)
        for await line in lines {
            let word = line.split(separator: " ").first { $0.hasPrefix("http://") }
            guard let url = word.flatMap({ URL(string: String($0)) }) else { continue }
            self.url = url
            return
        }
        let said = try String(contentsOf: log, encoding: .utf8).suffix(2000)
        throw Failure(description: "The shop ended without printing a URL: \(said)")
    }

    /// The memory that is resident, in bytes; 0 where the system has no `/proc`.
    var residentBytes: Int {
        let status = (try? String(contentsOfFile: "/proc/\(id)/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") } ?? ""
        return (line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0) * 1024
    }

    /// Asks the shop to end, and waits for it.
    ///
    /// - Returns: its exit status.
    func stop() async -> Int32 {
        kill(id, SIGTERM)
        for await status in ended { return status }
        return -1
    }

    private static func lines(of handle: FileHandle) -> AsyncStream<String> {
        let (lines, arrivals) = AsyncStream.makeStream(of: String.self)
        Thread.detachNewThread {
            var text = Data()
            // It reads to the end, so that the shop never waits for somebody to read.
            while case let data = handle.availableData, !data.isEmpty {
                text += data
                while let end = text.firstIndex(of: 10) {
                    arrivals.yield(String(decoding: text[..<end], as: UTF8.self))
                    text = Data(text[(end + 1)...])
                }
            }
            arrivals.finish()
        }
        return lines
    }
}
