#if canImport(Security)
internal import Dispatch
internal import Foundation
#if !os(macOS)
internal import Security
#endif

/// Asks the system not to suspend the process until the activity ends or the system ends it.
final class WakefulActivity: Sendable {
    private let isDone = DispatchSemaphore(value: 0)

    init(_ reason: String) {
        #if !os(macOS)
        // The activity lasts until the block returns; the system runs it on a thread of its own.
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
