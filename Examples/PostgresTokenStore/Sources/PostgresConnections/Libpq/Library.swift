import Foundation
import Synchronization

/// Counts the threads inside libpq, so that a process can wait for them when it exits.
///
/// At exit the libraries that libpq uses (TLS, Kerberos, LDAP) clean up while other threads are running, and a thread that is
/// connecting then crashes. So exit waits until all threads have left libpq, as they do between two steps of a statement, and lets
/// none enter again.
enum Library {
    private struct State {
        var inside = 0
        var isEnding = false
    }

    private static let state = Mutex(State())

    private static let isWatched: Bool = {
        // OpenSSL's exit handler would run before this one, because it is registered later.
        _ = OpenSSL.hasNoExitHandler
        return atexit { Library.end() } == 0
    }()

    static func enter() {
        _ = isWatched
        let mayEnter = state.withLock { state in
            if !state.isEnding { state.inside += 1 }
            return !state.isEnding
        }
        // The process is about to end, and this thread with it.
        while !mayEnter { sleep(1) }
    }

    static func leave() {
        state.withLock { $0.inside -= 1 }
    }

    /// Waits two seconds at most: only the name look-up can take longer.
    private static func end() {
        state.withLock { $0.isEnding = true }
        for _ in 0..<2000 where state.withLock({ $0.inside > 0 }) { usleep(1000) }
    }
}
