internal import Foundation

/// Durations as programs read them, wherever the process runs.
package enum SecondsText {
    /// Seconds with three digits behind a point, such as `1234.500`.
    package static func of(_ duration: Duration) -> String {
        let style = FloatingPointFormatStyle<Double>.number.precision(.fractionLength(3)).grouping(.never)
        return (duration / .seconds(1)).formatted(style.locale(Locale(identifier: "en_US_POSIX")))
    }
}
