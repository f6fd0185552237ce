internal import Foundation

/// Threads for calls that may block for ever, which nothing can end: as many at once as the limit.
package final class BlockingThreads: Sendable {
    static let shared = BlockingThreads(limit: 64)

    private let limit: Int
    private let count = Locked(0)

    package init(limit: Int) { self.limit = limit }

    /// Runs a body on a thread of its own.
    ///
    /// - Returns: `false` if as many threads as allowed are busy.
    package func start(_ body: @escaping @Sendable () -> Void) -> Bool {
        let isFree = count.withLock { count in
            guard count < limit else { return false }
            count += 1
            return true
        }
        guard isFree else { return false }
        Thread.detachNewThread { [self] in
            body()
            count.withLock { $0 -= 1 }
        }
        return true
    }
}
