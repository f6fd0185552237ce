internal import Foundation

/// Reads `Retry-After` as seconds or as a date (RFC 9110, section 10.2.3).
package enum RetryAfterReader {
    package static func read(_ headers: WireHeaders) -> RetryAfter? {
        guard let text = headers["Retry-After"]?.trimmingCharacters(in: .whitespaces), !text.isEmpty else { return nil }
        if text.utf8.allSatisfy(ASCII.isDigit) {
            return .delay(.seconds(min(Int64(text) ?? .max, Int64(Int32.max))))
        }
        guard let date = HTTPDate.read(text) else { return nil }
        // The server's own clock, where it tells it, makes the wait independent of how wrong ours is.
        if let serverNow = headers["Date"].flatMap(HTTPDate.read) {
            return .delay(.seconds(max(0, min(date.timeIntervalSince(serverNow), Double(Int32.max)))))
        }
        return .date(date)
    }
}

/// Reads the dates of HTTP headers.
enum HTTPDate {
    /// `Sun, 06 Nov 1994 08:49:37 GMT`, the one form that may still be sent (RFC 9110, section 5.6.7).
    static func read(_ text: String) -> Date? {
        // The form has one length; Foundation would read over whatever follows it.
        text.utf8.count == 29 ? try? Date(text, strategy: format) : nil
    }

    private static let format = Date.ParseStrategy(
        format:
            "\(weekday: .abbreviated), \(day: .twoDigits) \(month: .abbreviated) \(year: .defaultDigits) \(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\(minute: .twoDigits):\(second: .twoDigits) GMT",
        locale: Locale(identifier: "en_US_POSIX"),
        timeZone: .gmt
    )
}
