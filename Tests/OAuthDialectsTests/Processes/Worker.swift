import Foundation
import OAuthDialects
import Testing

/// A process that shares a store with others, spoken to in lines.
final class Worker: Sendable {
    private let child: Child
    private let isGone = Locked(false)
    private let lines: AsyncStream<String>
    private let ended = Latch()

    init(_ words: String...) throws {
        let environment = ProcessInfo.processInfo.environment.filter { !$0.key.lowercased().hasSuffix("_proxy") }
        let child = try Child.spawn(Self.executable(), words, environment)
        self.child = child
        let (lines, arrivals) = AsyncStream.makeStream(of: String.self)
        self.lines = lines
        Thread.detachNewThread { [isGone, ended] in
            var text = Data()
            while case let data = child.read(), !data.isEmpty {
                text += data
                while let end = text.firstIndex(of: 10) {
                    arrivals.yield(String(decoding: text[..<end], as: UTF8.self))
                    text = Data(text[(end + 1)...])
                }
            }
            // Its output ends when it does.
            isGone.withLock { isGone in
                child.wait()
                isGone = true
            }
            arrivals.finish()
            ended.open()
        }
    }

    deinit { signal(SIGKILL) }

    /// The next line; `nil` once the process has ended.
    func line() async -> String? {
        for await line in lines { return line }
        return nil
    }

    func say(_ line: String) {
        isGone.withLock { if !$0 { child.write(line + "\n") } }
    }

    /// Says something and waits for the answer.
    func ask(_ line: String) async -> String? {
        say(line)
        return await self.line()
    }

    func signal(_ number: Int32) { isGone.withLock { if !$0 { child.signal(number) } } }

    /// Kills it in the middle of whatever it does, and waits until it is gone.
    func end() async {
        signal(SIGKILL)
        await ended.passes()
    }

    /// The worker is built beside the tests.
    private static func executable() throws -> URL {
        let tests = Bundle.allBundles.map(\.bundleURL) + [Bundle.main.executableURL ?? Bundle.main.bundleURL]
        let folders = tests.flatMap { [$0, $0.deletingLastPathComponent()] } + [Bundle.main.bundleURL]
        let places = folders.map { $0.appending(path: "StoreWorker") }
        return try #require(
            places.first { FileManager.default.isExecutableFile(atPath: $0.path) && !$0.hasDirectoryPath }
        )
    }
}

/// How often something is tried: a few times in every run, or as often as a variable of the environment says.
func rounds(_ variable: String, _ few: Int) -> Int {
    ProcessInfo.processInfo.environment[variable].flatMap(Int.init) ?? few
}
