import Foundation

/// A program that is run to its end; one that fails is an error with what it said.
public enum Shell {
    /// What a program that failed said.
    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    /// Runs a program, as another user if told, and returns what it says.
    @discardableResult
    public static func run(_ words: [String], as user: String? = nil, environment: [String: String] = [:]) async throws
        -> String
    {
        let output = Pipe()
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = command(words, as: user)
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.currentDirectoryURL = FileManager.default.temporaryDirectory
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        let status = try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do { try process.run() } catch { continuation.resume(throwing: error) }
        }
        try? output.fileHandleForWriting.close()
        let said = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        guard status == 0 else { throw Failure(description: "\(words.joined(separator: " ")): \(said)") }
        return said.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// The server refuses to run as root.
    static func command(_ words: [String], as user: String?) -> [String] {
        guard let user else { return words }
        return ["setpriv", "--reuid", user, "--regid", user, "--clear-groups"] + words
    }
}
