import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Synchronization

/// A provider that is being played: its sandbox, its server, and what was done to it.
final class SandboxedProvider: Sendable {
    private struct State {
        var isDown = false
        var plans: [FaultPlan] = []
        var secret: String
    }

    let name: String
    let sandbox: ProviderSandbox
    let server: SandboxServer
    private let clientID: String
    private let state: Mutex<State>

    init(_ name: String, _ provider: ProviderSandbox.Provider, port: Int, tokenLifetime: Duration) async throws {
        self.name = name
        clientID = "panggung-\(name)"
        let secret = RandomText.letters(40)
        let credentials = ClientCredentials(id: clientID, secret: secret)
        sandbox = ProviderSandbox(provider, credentials: credentials, clock: .system)
        sandbox.accessTokenLifetime = tokenLifetime
        state = Mutex(State(secret: secret))
        server = try await sandbox.serve(port: port)
    }

    /// The secret that the provider accepts.
    var secret: String { state.withLock { $0.secret } }

    var entry: SandboxDirectory.Provider {
        SandboxDirectory.Provider(url: server.url, clientID: clientID, clientSecret: secret)
    }

    var isDown: Bool {
        get { state.withLock { $0.isDown } }
        set {
            state.withLock { state in
                state.isDown = newValue
                apply(state)
            }
        }
    }

    /// Adds a plan of faults, or removes all.
    func follow(_ plan: FaultPlan?) {
        state.withLock { state in
            state.plans = plan.map { state.plans + [$0] } ?? []
            if let plan, !state.isDown { sandbox.follow(plan) } else { apply(state) }
        }
    }

    func rotateSecret() {
        state.withLock { state in
            state.secret = RandomText.letters(40)
            sandbox.register(ClientCredentials(id: clientID, secret: state.secret))
        }
    }

    /// A provider that is down breaks every connection; its other faults begin anew when it is up again.
    private func apply(_ state: borrowing State) {
        sandbox.recover()
        if state.isDown {
            sandbox.fail(with: .connectionRefused)
        } else {
            for plan in state.plans { sandbox.follow(plan) }
        }
    }
}
