internal import Foundation
internal import OAuthDialects

extension DialectBench {
    static let token = "kit-4cc3ss.t0k3n-Zq8vR~+/="

    /// A token response with these members, in the provider's shape.
    func answer(_ members: [(String, String)], status: Int = 200) -> WireResponse {
        let text = shape.write(members.map { TokenAnswerShape.Member(name: $0.0, json: $0.1) })
        return WireResponse(status: status, headers: ["Content-Type": "application/json"], body: Data(text.utf8))
    }

    /// A typical token response with some members replaced, added, or omitted.
    func usual(_ changes: [String: String?] = [:]) -> WireResponse {
        let members = [
            ("access_token", JSONValue.text(Self.token).text), ("token_type", #""Bearer""#), ("expires_in", "3600"),
        ]
        let kept = members.compactMap { name, json -> (String, String)? in
            guard let change = changes[name] else { return (name, json) }
            return change.map { (name, $0) }
        }
        let added = changes.filter { change in !members.contains { $0.0 == change.key } }
        return answer(kept + added.sorted { $0.key < $1.key }.compactMap { name, json in json.map { (name, $0) } })
    }

    /// Reads a response as a session does: first as a refusal, then as tokens.
    func read(_ response: WireResponse) throws -> TokenSet {
        if let refusal = dialect.refusal(in: response) { throw Refused(status: refusal.status) }
        return try dialect.tokens(in: response, for: exchange(grants.first ?? .clientCredentials()))
    }

    private static let readings: [(json: String?, isRight: @Sendable (Duration?) -> Bool, expected: String)] = [
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

    var lifetimes: [ConformanceCase] {
        Self.readings.map { json, isRight, expected in
            one("Reading lifetimes", "expires_in: \(json ?? "missing")", "the token, and \(expected)") {
                let set = try read(usual(["expires_in": json]))
                guard set.accessToken.revealed == Self.token else { return "a different token" }
                return isRight(set.lifetime) ? nil : set.lifetime.map { "\($0)" } ?? "no lifetime"
            }
        }
    }

    private static let good: [(what: String, changes: [String: String?])] = [
        ("without token_type", ["token_type": nil]), ("with token_type bearer", ["token_type": #""bearer""#]),
        ("with token_type BEARER", ["token_type": #""BEARER""#]),
        ("with unknown fields", ["x_1": "[1,{}]", "x_2": "null"]),
        ("with a null refresh token", ["refresh_token": "null"]),
        ("with an empty refresh token", ["refresh_token": "\"\""]),
        ("with a null scope", ["scope": "null"]), ("with error: null", ["error": "null"]),
        ("with an id_token", ["id_token": #""a.b.c""#]),
    ]

    var answers: [ConformanceCase] {
        Self.good.map { what, changes in
            one("Reading token responses", "a response \(what)", "the token, no refresh token, and no refusal") {
                let set = try read(usual(changes))
                return set.accessToken.revealed == Self.token && set.refreshToken == nil ? nil : "other tokens"
            }
        }
            + [#""a b""#, #""b,a""#, #"["a","b"]"#].map { json in
                one("Reading token responses", "scope: \(json)", "both scopes in any order, or none stated") {
                    let scopes = try read(usual(["scope": json])).scopes
                    return scopes == nil || Set(scopes ?? []) == ["a", "b"] ? nil : "\(scopes ?? [])"
                }
            } + [
                one("Reading token responses", "a refresh token", "the same refresh token, if the provider has any") {
                    guard has("refresh_token") else { return nil }
                    let json = JSONValue.text(Self.refreshTokenText).text
                    let token = try read(usual(["refresh_token": json])).refreshToken
                    return token?.value.revealed == Self.refreshTokenText ? nil : token == nil ? "none" : "different"
                },
                one("Reading token responses", "status 201", "the token") {
                    var answer = usual()
                    answer.status = 201
                    return try read(answer).accessToken.revealed == Self.token ? nil : "a different token"
                },
            ]
    }

    private static let tokens = [
        "null", "\"\"", #""a b""#, #""a\nb""#, "17", #"{"a":"b"}"#, #""é""#,
        "\"\(String(repeating: "x", count: 20_000))\"",
    ]

    private static let bodies: [(what: String, body: Data)] = [
        ("an empty body", Data()), ("HTML", Data("<html><body>Sign in to the network</body></html>".utf8)),
        ("half of an object", Data(#"{"access_token":"abc","expi"#.utf8)),
        ("bytes that are not text", Data([0xFF, 0xFE, 0x00, 0x7B])),
        ("a list", Data("[]".utf8)), ("a number", Data("1".utf8)), ("an empty object", Data("{}".utf8)),
        ("10,000 opening brackets", Data(String(repeating: "[", count: 10_000).utf8)),
        ("nested objects", Data((String(repeating: #"{"a":"#, count: 600) + "1").utf8)),
    ]

    var unreadable: [ConformanceCase] {
        let tokens = Self.tokens.map { json in
            let shown = json.utf8.count > 40 ? "of \(json.utf8.count) bytes" : json
            return unread("access_token: \(shown)", usual(["access_token": json]))
        }
        let bodies = Self.bodies.map { unread("a 200 with \($0.what)", WireResponse(status: 200, body: $0.body)) }
        return tokens + bodies + [unread("no access_token", usual(["access_token": nil])), cutOff, otherType]
    }

    private var cutOff: ConformanceCase {
        var response = usual()
        response.isCutOff = true
        response.body = Data(response.body.prefix(response.body.count - 1))
        return unread("a response that was cut off", response)
    }

    /// This package can't use a token of another type (RFC 6749, section 7.1).
    private var otherType: ConformanceCase {
        let response = usual(["token_type": #""conformance-mac""#])
        let isWritten = String(decoding: response.body, as: UTF8.self).contains("conformance-mac")
        return unread("a token_type that is not Bearer", isWritten ? response : WireResponse(status: 200))
    }

    private func unread(_ what: String, _ response: WireResponse) -> ConformanceCase {
        one("Unreadable token responses", what, "a TokenError or a refusal; no token, no crash") {
            do {
                _ = try read(response)
                return "a token"
            } catch is TokenError {
                return nil
            } catch is Refused {
                return nil
            } catch {
                return "an error that is not a TokenError: \(type(of: error))"
            }
        }
    }
}

/// Thrown if the dialect reads a response as a refusal.
struct Refused: Error, CustomStringConvertible {
    let status: Int
    var description: String { "read as a refusal (HTTP \(status))" }
}
