public import Foundation

/// One request in a ``ProviderSandbox``'s transcript, in readable form without secrets.
public struct SandboxEntry: Sendable, CustomStringConvertible {
    /// Its number, from 1.
    public let number: Int

    /// When it arrived, by the sandbox's wall clock.
    public let date: Date

    /// The request: method, path, field names, and the values that are not secret.
    public let request: String

    /// The status of the response; `nil` if there was none.
    public internal(set) var status: Int?

    /// The outcome, in words.
    public internal(set) var outcome: String

    /// What was incorrect about the request, in words; empty if nothing was.
    public internal(set) var complaints: [String]

    public var description: String {
        let words = ([outcome] + complaints).filter { !$0.isEmpty }.joined(separator: " ")
        return "\(number). \(request) → \(status.map(String.init) ?? "no response"): \(words)"
    }
}
