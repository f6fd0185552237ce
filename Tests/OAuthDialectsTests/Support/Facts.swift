import OAuthDialects

/// A number that grows, and that tests can wait for.
final class Counter: Sendable {
    private struct State {
        var count = 0
        var waiting: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state = Locked(State())

    var count: Int { state.withLock { $0.count } }

    func increment() {
        let due = state.withLock { state in
            state.count += 1
            let count = state.count
            let due = state.waiting.filter { $0.count <= count }
            state.waiting.removeAll { $0.count <= count }
            return due.map(\.continuation)
        }
        for continuation in due { continuation.resume() }
    }

    func reaches(_ count: Int) async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                if state.count >= count { return true }
                state.waiting.append((count: count, continuation: continuation))
                return false
            }
            if isThere { continuation.resume() }
        }
    }
}

/// A door that stays shut until it is opened, once and for good.
final class Latch: Sendable {
    private let counter = Counter()

    func open() { counter.increment() }

    func passes() async { await counter.reaches(1) }
}

/// Waits until something is so, letting others run in between; the test's time limit is the net.
func eventually(_ isSo: () async -> Bool) async {
    // A test whose time is up is cancelled, and fails instead of going on for ever.
    while !(await isSo()), !Task.isCancelled { await Task.yield() }
}

/// Waits until the task is cancelled, and for nothing else.
func hang() async throws -> Never {
    let (nothing, continuation) = AsyncStream.makeStream(of: Never.self)
    for await _ in nothing {}
    continuation.finish()
    throw CancellationError()
}
