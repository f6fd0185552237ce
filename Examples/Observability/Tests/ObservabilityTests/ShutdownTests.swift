import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

/// The worker as a process of its own.
@Suite(.timeLimit(.minutes(5)))
struct ShutdownTests {
    @Test(arguments: [SIGTERM, SIGINT])
    func `A signal ends the upkeep, and the process with it`(signal: Int32) async throws {
        let process = Process()
        process.executableURL = try executable()
        let output = Pipe()
        process.standardOutput = output
        let (endings, ending) = AsyncStream.makeStream(of: Int32.self)
        process.terminationHandler = {
            ending.yield($0.terminationReason == .exit ? $0.terminationStatus : -1)
            ending.finish()
        }
        try process.run()
        defer { kill(process.processIdentifier, SIGKILL) }
        let words = await text(of: output.fileHandleForReading) { words in
            // The second token is the upkeep's own: nobody asked for one.
            if words.components(separatedBy: "event=renewal.succeeded").count == 3 {
                kill(process.processIdentifier, signal)
            }
        }
        var status: Int32?
        for await one in endings { status = one }
        #expect(status == 0)
        #expect(words.contains("Signal caught. Shutting down the group."))
        #expect(words.contains("Service finished"))
        #expect(words.hasSuffix("The worker has ended.\n"))
        let secret = try #require(ProviderSandbox(.revenueMonster).credentials.secret?.revealed)
        #expect(!words.contains(secret))
    }

    /// Everything that is written, told as it grows.
    private func text(of file: FileHandle, _ tell: @escaping @Sendable (String) -> Void) async -> String {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                var words = ""
                while case let data = file.availableData, !data.isEmpty {
                    words += String(decoding: data, as: UTF8.self)
                    tell(words)
                }
                continuation.resume(returning: words)
            }
        }
    }

    /// The worker is built beside the tests.
    private func executable() throws -> URL {
        let tests = Bundle.allBundles.map(\.bundleURL) + [Bundle.main.executableURL ?? Bundle.main.bundleURL]
        let places = tests.flatMap { [$0, $0.deletingLastPathComponent()] }.map { $0.appending(path: "ObservedWorker") }
        return try #require(
            places.first { FileManager.default.isExecutableFile(atPath: $0.path) && !$0.hasDirectoryPath }
        )
    }
}
