import Foundation

/// Writes dates as the cinema's visitors read them, by Malaysia's time.
struct ShowDates: Sendable {
    private static let zone = TimeZone(identifier: "Asia/Kuala_Lumpur") ?? .gmt
    private static let locale = Locale(identifier: "en_GB")

    /// What day it is.
    let now: Date

    /// Such as `19:30`.
    func time(_ date: Date) -> String {
        date.formatted(Self.style.hour(.twoDigits(amPM: .omitted)).minute(.twoDigits))
    }

    /// Such as `19:30:05`.
    func second(_ date: Date) -> String {
        date.formatted(Self.style.hour(.twoDigits(amPM: .omitted)).minute(.twoDigits).second(.twoDigits))
    }

    /// Such as `Today`, or `Tue 24 November`.
    func day(_ date: Date) -> String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = Self.zone
        if calendar.isDate(date, inSameDayAs: now) { return "Today" }
        if calendar.isDate(date, inSameDayAs: now.addingTimeInterval(24 * 60 * 60)) { return "Tomorrow" }
        let weekday = date.formatted(Self.style.weekday(.abbreviated))
        return "\(weekday) \(date.formatted(Self.style.day().month(.wide)))"
    }

    /// Such as `Sunday 22 November`.
    func longDay(_ date: Date) -> String {
        "\(date.formatted(Self.style.weekday(.wide))) \(date.formatted(Self.style.day().month(.wide)))"
    }

    /// Such as `Today, 19:30`.
    func dayAndTime(_ date: Date) -> String { "\(day(date)), \(time(date))" }

    /// For the `datetime` of HTML's `time`.
    func machine(_ date: Date) -> String { date.formatted(.iso8601) }

    /// Such as `40 s`, `12 min`, or `3 h`.
    static func length(_ seconds: TimeInterval) -> String {
        let seconds = max(0, seconds)
        if seconds < 100 { return "\(Int(seconds.rounded())) s" }
        if seconds < 100 * 60 { return "\(Int((seconds / 60).rounded())) min" }
        return "\(Int((seconds / 3600).rounded())) h"
    }

    private static var style: Date.FormatStyle { Date.FormatStyle(locale: locale, timeZone: zone) }
}
