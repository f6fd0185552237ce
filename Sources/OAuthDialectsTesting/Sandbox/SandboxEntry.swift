public import Foundation

/// One request in a ``ProviderSandbox``'s transcript, as a person reads it: no part of it holds a secret.
public struct SandboxEntry: Sendable, CustomStringConvertible {
    /// Its number, from 1.
    public let number: Int

    /// When it came, by the sandbox's wall clock.
    public let date: Date

    /// What came: method, path, the names of the fields and the values that are no secrets.
    public let request: String

    /// The status of the answer; `nil` if there was none.
    public internal(set) var status: Int?

    /// What became of it, in words.
    public internal(set) var outcome: String

    /// What was wrong with the request as such, in words; empty for a request that any client may make.
    public internal(set) var complaints: [String]

    public var description: String {
        let words = ([outcome] + complaints).filter { !$0.isEmpty }.joined(separator: " ")
        return "\(number). \(request) → \(status.map(String.init) ?? "no answer"): \(words)"
    }
}
