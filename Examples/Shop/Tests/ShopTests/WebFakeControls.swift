import Shop
import Synchronization

/// The switches of sandboxes that are not there.
final class FakeControls: SandboxControls {
    private let calls = Mutex<[String]>([])

    var done: [String] { calls.withLock(\.self) }
    var names: [String] { ["tiki"] }

    func isDown(_ name: String) -> Bool { false }
    func setDown(_ isDown: Bool, _ name: String) { note(isDown ? "down" : "up") }
    func revokeAccessTokens(_ name: String) { note("revoke") }
    func endSignIns(_ name: String) { note("end") }
    func rotateSecret(_ name: String) { note("rotate") }
    func transcript(_ name: String, limit: Int) -> [String] { ["POST /sc/oauth2/token → 200"] }

    private func note(_ call: String) { calls.withLock { $0.append(call) } }
}
