import Foundation
import ShopSandboxes
import Synchronization

/// Counts the faults of token endpoints, because transcripts keep the latest requests only.
final class TokenWatch: Sendable {
    /// How a token request is recognized in a transcript: kopi's and Tiki's path, Revenue Monster's, and WeTix's two.
    private static let paths = ["/token", "/auth/refresh"]

    private struct State {
        /// The number of the last line that was read, by provider.
        var last: [String: Int] = [:]
        var faults: [String: Int] = [:]
    }

    private let sandboxes: Sandboxes
    private let state = Mutex(State())

    init(_ sandboxes: Sandboxes) { self.sandboxes = sandboxes }

    /// Looks several times a second, until its task is cancelled.
    func run() async {
        while !Task.isCancelled {
            look()
            try? await Task.sleep(for: .milliseconds(100))
        }
        look()
    }

    /// The faults that a provider's token endpoint was told to have.
    func faults(_ name: String) -> Int { state.withLock { $0.faults[name] ?? 0 } }

    private func look() {
        for name in sandboxes.names {
            let lines = sandboxes.transcript(name, limit: 1200)
            state.withLock { state in
                for line in lines {
                    guard let number = Int(line.prefix { $0 != "." }), number > state.last[name] ?? 0 else { continue }
                    state.last[name] = number
                    let request = line.prefix { $0 != "→" }
                    if line.contains("Fault:"), Self.paths.contains(where: { request.contains($0) }) {
                        state.faults[name, default: 0] += 1
                    }
                }
            }
        }
    }
}
