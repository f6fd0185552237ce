internal import Synchronization

#if TSAN
internal import Foundation
#endif

/// The one lock of this package: a value that is reached inside ``withLock(_:)`` alone.
///
/// Thread sanitizer can't see the futex beneath `Mutex` and reports races that are none; in builds made for it
/// (`-Xswiftc -DTSAN`) an `NSLock`, which it can see, is held as well.
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
}
