#if canImport(Security)
internal import Dispatch
internal import Foundation
#if !os(macOS)
internal import Security
#endif

/// Asks the system not to suspend the process until it is ended, or until the system's patience is.
final class WakefulActivity: Sendable {
    private let isDone = DispatchSemaphore(value: 0)

    init(_ reason: String) {
        #if !os(macOS)
        // The system counts the activity as going on until the block returns, on a thread of its own.
        ProcessInfo.processInfo.performExpiringActivity(withReason: reason) { [isDone] isExpired in
            if isExpired { isDone.signal() } else { isDone.wait() }
        }
        #endif
    }

    func end() {
        isDone.signal()
    }
}
#endif
