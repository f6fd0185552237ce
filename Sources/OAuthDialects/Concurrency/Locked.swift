internal import Synchronization

#if TSAN
internal import Foundation
#endif

/// The only lock of this package: a value that is accessed only inside ``withLock(_:)``.
///
/// Thread sanitizer can't see the futex of `Mutex` and reports false races; builds for it (`-Xswiftc -DTSAN`) also hold an
/// `NSLock`, which it can see.
package final class Locked<Value>: Sendable {
    private let mutex: Mutex<Value>
    #if TSAN
    private let seen = NSLock()
    #endif

    package init(_ value: sending Value) {
        mutex = Mutex(value)
    }

    package func withLock<Result, Failure: Error>(
        _ body: (inout sending Value) throws(Failure) -> sending Result
    ) throws(Failure) -> sending Result {
        #if TSAN
        seen.lock()
        defer { seen.unlock() }
        #endif
        return try mutex.withLock(body)
    }

    /// `nil` at once if another thread holds the lock.
    package func withLockIfAvailable<Result, Failure: Error>(
        _ body: (inout sending Value) throws(Failure) -> sending Result
    ) throws(Failure) -> sending Result? {
        #if TSAN
        guard seen.try() else { return nil }
        defer { seen.unlock() }
        #endif
        return try mutex.withLockIfAvailable(body)
    }
}
