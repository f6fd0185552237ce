import Foundation
import OAuthDialects
import Testing

/// A process of its own, spoken to in lines; most share a store with others.
final class Worker: Sendable {
    private let child: Child
    private let isGone = Locked(false)
    private let exitStatus = Locked<Int32>(0)
    private let lines: AsyncStream<String>
    private let ended = Latch()

    convenience init(_ words: String...) throws {
        try self.init(Self.executable("StoreWorker"), words)
    }

    /// Starts a program, with variables beside those of the tests.
    init(_ executable: URL, _ words: [String], _ variables: [String: String] = [:]) throws {
        let environment = ProcessInfo.processInfo.environment.filter { !$0.key.lowercased().hasSuffix("_proxy") }
        let child = try Child.spawn(executable, words, environment.merging(variables) { $1 })
        self.child = child
        let (lines, arrivals) = AsyncStream.makeStream(of: String.self)
        self.lines = lines
        Thread.detachNewThread { [isGone, exitStatus, ended] in
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
                let status = child.wait()
                exitStatus.withLock { $0 = status }
                isGone = true
            }
            arrivals.finish()
            ended.open()
        }
    }

    deinit { signal(SIGKILL) }

    var hasEnded: Bool { isGone.withLock { $0 } }

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

    #if os(Linux)
    /// Stops it, and waits until it has stopped.
    func stop() async {
        signal(SIGSTOP)
        let status = "/proc/\(child.id)/stat"
        await eventually { (try? String(contentsOfFile: status, encoding: .utf8))?.contains(") T ") ?? true }
    }
    #endif

    /// Kills it in the middle of whatever it does, and waits until it is gone.
    func end() async {
        signal(SIGKILL)
        await ended.passes()
    }

    /// Waits until it has ended by itself.
    ///
    /// - Returns: its exit status, or the negative number of the signal that ended it.
    func status() async -> Int32 {
        await ended.passes()
        return exitStatus.withLock { $0 }
    }

    /// A worker is built beside the tests.
    static func executable(_ name: String) throws -> URL {
        let tests = Bundle.allBundles.map(\.bundleURL) + [Bundle.main.executableURL ?? Bundle.main.bundleURL]
        let folders = tests.flatMap { [$0, $0.deletingLastPathComponent()] } + [Bundle.main.bundleURL]
        let places = folders.map { $0.appending(path: name) }
        return try #require(
            places.first { FileManager.default.isExecutableFile(atPath: $0.path) && !$0.hasDirectoryPath }
        )
    }
}

/// How often something is tried: a few times in every run, or as often as a variable of the environment says.
func rounds(_ variable: String, _ few: Int) -> Int {
    ProcessInfo.processInfo.environment[variable].flatMap(Int.init) ?? few
}
