internal import Foundation
internal import OAuthDialects

extension DialectBench {
    private typealias Reading = (json: String?, isRight: @Sendable (Duration?) -> Bool, expected: String)

    private static let lengths: [Reading] = [
        ("3600", { $0 == .seconds(3600) }, "3600 s"), (#""3600""#, { $0 == .seconds(3600) }, "3600 s"),
        ("3600.0", { $0 == .seconds(3600) }, "3600 s"), ("3600.9", { $0 == .seconds(3600) }, "3600 s, rounded down"),
        (#""3600.9""#, { $0 == .seconds(3600) }, "3600 s, rounded down"), ("3.6e3", { $0 == .seconds(3600) }, "3600 s"),
        (nil, { $0 == nil }, "no lifetime"), ("null", { $0 == nil }, "no lifetime"),
        (#""soon""#, { $0 == nil }, "no lifetime"), ("true", { $0 == nil }, "no lifetime"),
        ("0", { $0 == .zero }, "no time left"), ("-1", { ($0 ?? .seconds(1)) <= .zero }, "no time left"),
        (#""-30""#, { ($0 ?? .seconds(1)) <= .zero }, "no time left"),
        ("1576799999", { $0 == .seconds(1_576_799_999) }, "50 years, to the second"),
        (#""1576799999""#, { $0 == .seconds(1_576_799_999) }, "50 years, to the second"),
        ("99999999999999999999", { isLong($0) }, "a very long lifetime or none, without overflow"),
        ("1e300", { isLong($0) }, "a very long lifetime or none, without overflow"),
        (#""9223372036854775807""#, { isLong($0) }, "a very long lifetime or none, without overflow"),
    ]

    private static func isLong(_ lifetime: Duration?) -> Bool {
        guard let lifetime else { return true }
        return lifetime >= .seconds(1_576_799_999) && lifetime <= .seconds(Int64.max / 2)
    }

    /// Dates of expiry, an hour after the exchange, and none.
    private static let dates: [Reading] = {
        let texts = ["2026-01-01T01:00:00Z", "2026-01-01T01:00:00.000Z", "2026-01-01T03:00:00+02:00", "1767229200"]
        let jsons: [String] = texts.map { JSONValue.text($0).text } + ["1767229200", "1767229200000"]
        let ends: [Reading] = jsons.map { (json: $0, isRight: { $0 == .seconds(3600) }, expected: "3600 s") }
        let none: [Reading] = [nil, "null"].map { (json: $0, isRight: { $0 == nil }, expected: "no lifetime") }
        return ends + none
    }()

    var lifetimes: [ConformanceCase] {
        let (name, readings) = conventions.statesExpiryDate ? ("expires_at", Self.dates) : ("expires_in", lengths)
        return readings.map { json, isRight, expected in
            one(.lifetimes, "\(name): \(json ?? "missing")", "the token, and \(expected)") {
                let set = try read(usual([name: json]))
                guard set.accessToken.revealed == Self.token else { return "a different token" }
                return isRight(set.lifetime) ? nil : set.lifetime.map { "\($0)" } ?? "no lifetime"
            }
        } + (conventions.statesExpiryDate ? datesAlone : []) + refreshLifetimes
    }

    /// A lifetime of 0 may mean that the token does not expire.
    private var lengths: [Reading] {
        guard conventions.answer.zeroIsUnlimited else { return Self.lengths }
        return Self.lengths.map { reading in
            guard reading.expected == "no time left" else { return reading }
            if reading.json == "0" { return ("0", { $0 == nil }, "no end") }
            return (reading.json, { ($0 ?? .zero) <= .zero }, "no end, or no time left")
        }
    }

    private var datesAlone: [ConformanceCase] {
        [
            one(.lifetimes, "expires_at, by the answer's own Date, an hour ahead of this clock", "3600 s") {
                var answer = usual(["expires_at": #""2026-01-01T02:00:00Z""#])
                answer.headers["Date"] = "Thu, 01 Jan 2026 01:00:00 GMT"
                let lifetime = try read(answer).lifetime
                return lifetime == .seconds(3600) ? nil : lifetime.map { "\($0)" } ?? "no lifetime"
            }
        ]
            + [#""2025-12-31T23:59:59Z""#, #""soon""#].map { json in
                one(.lifetimes, "expires_at: \(json)", "a TokenError, or no time left") {
                    do {
                        let lifetime = try read(usual(["expires_at": json])).lifetime
                        let isOver = lifetime.map { $0 <= .zero } == true
                        return isOver || readGrant.type == "refresh_token" ? nil : "a token whose end is unknown"
                    } catch is TokenError {
                        return nil
                    }
                }
            }
    }

    /// The end of a refresh token, if the conventions have a name for it.
    private var refreshLifetimes: [ConformanceCase] {
        let ends = ["refresh_token_expires_in": "7200", "refresh_token_expires_at": #""2026-01-01T02:00:00Z""#]
        let named = ends.filter { name, _ in
            WireConventions.Field(name).flatMap { conventions.answer.names[$0] } != nil
        }
        return named.sorted { $0.key < $1.key }.map { name, json in
            one(.lifetimes, "\(name): \(json)", "a refresh token for 7200 s") {
                let token = JSONValue.text(Self.refreshTokenText).text
                let lifetime = try read(usual(["refresh_token": token, name: json])).refreshTokenLifetime
                return lifetime == .seconds(7200) ? nil : lifetime.map { "\($0)" } ?? "no lifetime"
            }
        }
    }
}
