import Foundation
import Testing

/// The system's shell, to see what it makes of a command.
enum Shell {
    struct Result {
        let status: Int32
        let output: Data
    }

    /// Runs a script; `isChecked` only has it parsed.
    static func run(
        _ script: String,
        by shell: String = "/bin/sh",
        isChecked: Bool = false,
        with variables: [String: String] = [:]
    ) throws -> Result {
        let process = Process()
        process.executableURL = URL(filePath: shell)
        process.arguments = isChecked ? ["-n", "-c", script] : ["-c", script]
        process.environment = variables.merging(["PATH": "/nonexistent", "LC_ALL": "C"]) { first, _ in first }
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return Result(status: process.terminationStatus, output: output)
    }

    /// The arguments that `curl` would get from a command.
    static func arguments(
        of command: String,
        by shell: String = "/bin/sh",
        with variables: [String: String] = [:]
    ) throws -> [String] {
        let script = "curl() { for word in \"$@\"; do printf '%s\\000' \"$word\"; done; }\n" + command + "\n"
        let result = try run(script, by: shell, with: variables)
        #expect(result.status == 0, "\(command)")
        return result.output.split(separator: 0, omittingEmptySubsequences: false).dropLast().map {
            String(decoding: $0, as: UTF8.self)
        }
    }
}
