import Foundation

/// The rest of a token's lifetime, as a bar that shrinks.
package struct LifetimeBar {
    /// The whole lifetime, in seconds.
    package let lifetime: TimeInterval

    /// The seconds until the token expires, and until the session renews it.
    package let left: TimeInterval
    package let untilRenewal: TimeInterval

    package init(lifetime: TimeInterval, left: TimeInterval, untilRenewal: TimeInterval) {
        (self.lifetime, self.left, self.untilRenewal) = (lifetime, left, untilRenewal)
    }

    /// The bar's two parts: the rest of the lifetime, and its past.
    package func cells(_ count: Int) -> (left: String, passed: String) {
        let share = lifetime > 0 ? min(1, max(0, left / lifetime)) : 0
        let filled = Int((share * Double(count)).rounded())
        return (String(repeating: "━", count: filled), String(repeating: "─", count: count - filled))
    }

    /// The figures beside the bar.
    package var caption: String {
        let seconds = FloatingPointFormatStyle<Double>.number.precision(.fractionLength(1))
        return "\(max(0, left).formatted(seconds)) s left, renewal in \(max(0, untilRenewal).formatted(seconds)) s"
    }
}
