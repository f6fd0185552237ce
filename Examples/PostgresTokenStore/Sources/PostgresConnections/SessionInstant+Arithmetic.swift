import OAuthDialects

extension SessionInstant {
    package static func + (instant: Self, duration: Duration) -> Self {
        let (seconds, attoseconds) = duration.components
        return Self(nanoseconds: instant.nanoseconds + seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
    }

    package static func - (later: Self, earlier: Self) -> Duration {
        .nanoseconds(later.nanoseconds - earlier.nanoseconds)
    }
}
