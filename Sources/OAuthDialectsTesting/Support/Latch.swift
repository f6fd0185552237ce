internal import OAuthDialects

/// A gate that opens once for every waiter.
final class Latch: Sendable {
    private struct State: Watchable {
        var isOpen = false
        var watchers = WatcherList<Bool>()
        var facts: Bool { isOpen }
    }

    private let state = Locked(State())

    func open() {
        state.change { $0.isOpen = true }
    }

    /// Waits until the gate is open.
    ///
    /// - Throws: `CancellationError` if the task is cancelled first.
    func wait() async throws {
        try await state.wait { $0 }
    }
}
