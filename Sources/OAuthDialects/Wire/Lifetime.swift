internal import Foundation

/// A lifetime in seconds as providers write it: a number, a text that holds one, with or without a fraction.
///
/// Revenue Monster's tables say "String" and its samples have a number; 50 years have been seen.
enum Lifetime {
    /// A century: longer than any token, short enough that no arithmetic overflows.
    static let longest = Duration.seconds(100 * 365 * 86400)

    /// Reads a lifetime; `nil`, which means not stated, if it isn't a number.
    static func read(_ value: JSONFields.Value?) -> Duration? {
        switch value {
        case .number(let seconds, _): duration(seconds)
        case .text(let text) where text.utf8.allSatisfy(isDecimal): Double(text).flatMap(duration)
        default: nil
        }
    }

    /// A lifetime between nothing and ``longest``: a dialect or a store may hand over any.
    static func bounded(_ lifetime: Duration) -> Duration {
        min(max(lifetime, .zero), longest)
    }

    /// The time from one date to another, at most ``longest`` either way: a store may hand over any date.
    static func between(_ start: Date, _ end: Date) -> Duration {
        let seconds = end.timeIntervalSince(start)
        let longest = longest / .seconds(1)
        return .seconds(seconds.isNaN ? 0 : min(max(seconds, -longest), longest))
    }

    /// Not `inf`, `nan` or `0x10`, which `Double` reads too.
    static func isDecimal(_ byte: UInt8) -> Bool {
        ASCII.isDigit(byte) || "+-.eE".utf8.contains(byte)
    }

    private static func duration(_ seconds: Double) -> Duration? {
        guard !seconds.isNaN else { return nil }
        let longest = Double(longest.components.seconds)
        // Rounded down: a token must never be thought to live longer than it does.
        return .seconds(Int64(min(max(seconds, 0), longest)))
    }
}
