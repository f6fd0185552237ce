import Foundation
import OAuthDialects

/// Many callers at once on a session that holds nothing.
enum Crowd {
    /// When the last was answered, with a token or with an error, in milliseconds.
    @concurrent
    static func last(_ count: Int, at url: URL) async throws -> Double {
        let session = try Provider.session(at: url)
        let start = ContinuousClock.now
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<count { group.addTask { consume(try? await session.accessToken()) } }
        }
        return (ContinuousClock.now - start) / .milliseconds(1)
    }
}

/// This program, once more, in a process of its own.
enum Processes {
    static func ours(_ work: String, _ url: URL) async throws -> Duration {
        let process = Process()
        process.executableURL = URL(filePath: CommandLine.arguments[0])
        process.arguments = [work, url.absoluteString]
        let start = ContinuousClock.now
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
        return ContinuousClock.now - start
    }
}
