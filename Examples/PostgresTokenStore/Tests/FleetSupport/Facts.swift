import Foundation
import Synchronization

/// Looks again and again until something is so; the time limit of the suite is the net.
public func eventually(_ isSo: () async -> Bool) async throws {
    while !(await isSo()) { try await Task.sleep(for: .milliseconds(5)) }
}

/// Something that is opened once, and that any number may wait for.
public final class Latch: Sendable {
    private struct State {
        var isOpen = false
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    /// Creates one that is shut.
    public init() {}

    /// Lets everyone through, from now on.
    public func open() {
        let waiting = state.withLock { state in
            state.isOpen = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for waiter in waiting { waiter.resume() }
    }

    /// Waits until it is open.
    public func passes() async {
        await withCheckedContinuation { continuation in
            let isOpen = state.withLock { state in
                if !state.isOpen { state.waiting.append(continuation) }
                return state.isOpen
            }
            if isOpen { continuation.resume() }
        }
    }
}

/// What several tasks count together.
public final class Counter: Sendable {
    private let count = Mutex(0)

    /// Creates one at zero.
    public init() {}

    /// The count.
    public var value: Int { count.withLock { $0 } }

    /// Adds one.
    public func increment() { count.withLock { $0 += 1 } }

    /// Waits for a count.
    public func reaches(_ value: Int) async throws { try await eventually { self.value >= value } }
}
