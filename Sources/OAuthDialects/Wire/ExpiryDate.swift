internal import Foundation

/// Reads the date at which a token expires: an ISO 8601 text, or seconds or milliseconds since 1970.
enum ExpiryDate {
    static func read(_ value: JSONFields.Value) -> Date? {
        switch value {
        case .number(let number, _): date(number)
        case .text(let text): text.utf8.allSatisfy(Lifetime.isDecimal) ? Double(text).flatMap(date) : iso8601(text)
        default: nil
        }
    }

    /// No token was issued in the first days of 1970, nor one in seconds for the year 5138.
    private static func date(_ number: Double) -> Date? {
        guard number.isFinite, number > 0, number < 1e14 else { return nil }
        return Date(timeIntervalSince1970: number < 1e11 ? number : number / 1000)
    }

    private static func iso8601(_ text: String) -> Date? {
        guard (20...40).contains(text.utf8.count) else { return nil }
        return (try? Date(text, strategy: .iso8601))
            ?? (try? Date(text, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true)))
    }
}
