import Foundation
import OAuthDialects

extension SessionClock {
    /// The instant after a duration from now.
    func instant(in duration: Duration) -> SessionInstant {
        SessionInstant(nanoseconds: now.nanoseconds + Int64(duration.seconds * 1e9))
    }

    /// Sleeps for a duration; returns early if the task is cancelled.
    func pause(for duration: Duration) async {
        // Nothing but a cancellation ends a sleep early, and then the caller looks at it.
        try? await sleep(until: instant(in: duration))
    }
}

extension Duration {
    /// The duration in seconds.
    var seconds: TimeInterval { self / .seconds(1) }
}
