import Foundation
import Synchronization

/// Who is inside libpq, so that a process that exits does not pull it away beneath them.
///
/// On exit the libraries beneath libpq (TLS, Kerberos, LDAP) clean up while other threads go on, and one that was connecting then
/// crashes. So exit waits until all are out, which they are between two steps of every statement, and lets nobody in again.
enum Library {
    private struct State {
        var inside = 0
        var isEnding = false
    }

    private static let state = Mutex(State())

    private static let isWatched: Bool = {
        // OpenSSL's own cleaning up would come first, because it is asked for later.
        _ = OpenSSL.leavesExitAlone
        return atexit { Library.end() } == 0
    }()

    static func enter() {
        _ = isWatched
        let mayEnter = state.withLock { state in
            if !state.isEnding { state.inside += 1 }
            return !state.isEnding
        }
        // The process ends in a moment, and this thread with it.
        while !mayEnter { sleep(1) }
    }

    static func leave() {
        state.withLock { $0.inside -= 1 }
    }

    /// Looking up a name is the one step that may take long: it is not waited for beyond two seconds.
    private static func end() {
        state.withLock { $0.isEnding = true }
        for _ in 0..<2000 where state.withLock({ $0.inside > 0 }) { usleep(1000) }
    }
}
