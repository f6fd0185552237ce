/// Durations as programs read them, wherever the process runs.
package enum SecondsText {
    /// Seconds with three digits behind a point, such as `1234.500`.
    ///
    /// By hand, because Foundation loads ICU's data for its first number: 1.7 ms, and 40 µs for each further one.
    package static func of(_ duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        let milliseconds = (attoseconds.magnitude + 500_000_000_000_000) / 1_000_000_000_000_000
        let digits = String(milliseconds % 1000)
        let fraction = String(repeating: "0", count: 3 - digits.count) + digits
        return "\(duration < .zero ? "-" : "")\(seconds.magnitude + milliseconds / 1000).\(fraction)"
    }
}
