/// An amount of money in sen, a hundredth of a Malaysian ringgit.
public struct Amount: Sendable, Hashable, Codable, Comparable, CustomStringConvertible {
    /// The currency of every amount (ISO 4217); Revenue Monster takes no other.
    public static let currency = "MYR"

    /// The count of sen.
    public let sen: Int

    /// Creates an amount.
    public init(sen: Int) { self.sen = sen }

    /// The amount as a person reads it, such as `RM 18.50`.
    public var description: String {
        let (ringgit, rest) = sen.magnitude.quotientAndRemainder(dividingBy: 100)
        return "\(sen < 0 ? "-" : "")RM \(ringgit).\(rest < 10 ? "0" : "")\(rest)"
    }

    public static func < (lhs: Self, rhs: Self) -> Bool { lhs.sen < rhs.sen }
    public static func + (lhs: Self, rhs: Self) -> Self { Self(sen: lhs.sen + rhs.sen) }
    public static func * (amount: Self, count: Int) -> Self { Self(sen: amount.sen * count) }

    public init(from decoder: any Decoder) throws { sen = try decoder.singleValueContainer().decode(Int.self) }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(sen)
    }
}
