internal import Foundation
internal import OAuthDialects

extension DialectBench {
    static let token = "kit-4cc3ss.t0k3n-Zq8vR~+/="

    /// A token response with these members, in the provider's shape.
    func answer(_ members: [(String, String)], status: Int = 200) -> WireResponse {
        let text = shape.write(members.map { TokenAnswerShape.Member(name: $0.0, json: $0.1) })
        return WireResponse(status: status, headers: ["Content-Type": "application/json"], body: Data(text.utf8))
    }

    /// A typical token answer with some members replaced, added, or omitted.
    func usual(_ changes: [String: String?] = [:]) -> WireResponse {
        var members = [("access_token", JSONValue.text(Self.token).text)]
        if let type = conventions.tokenType { members.append(("token_type", JSONValue.text(type).text)) }
        let end = conventions.expiry(3600, from: Self.date)
        members.append((end.name, end.json))
        let kept = members.compactMap { name, json -> (String, String)? in
            guard let change = changes[name] else { return (name, json) }
            return change.map { (name, $0) }
        }
        let added = changes.filter { change in !members.contains { $0.0 == change.key } }
        return answer(kept + added.sorted { $0.key < $1.key }.compactMap { name, json in json.map { (name, $0) } })
    }

    /// Reads a response as a session does: first as a refusal, then as tokens.
    ///
    /// What a refresh passes over is an error for every other grant.
    func read(_ response: WireResponse) throws -> TokenSet {
        if let refusal = dialect.refusal(in: response) { throw Refused(status: refusal.status) }
        return try dialect.tokens(in: response, for: exchange(readGrant))
    }

    var readGrant: Grant { grants.first { $0.type != "refresh_token" } ?? grants.first ?? .clientCredentials() }

    private var good: [(what: String, changes: [String: String?])] {
        let type = conventions.tokenType ?? ""
        let types: [(what: String, changes: [String: String?])] =
            type.isEmpty
            ? []
            : [type.lowercased(), type.uppercased()].map {
                ("with token_type \($0)", ["token_type": JSONValue.text($0).text])
            }
        return types + [
            ("without token_type", ["token_type": nil]),
            ("with unknown fields", ["x_1": "[1,{}]", "x_2": "null"]),
            ("with a null refresh token", ["refresh_token": "null"]),
            ("with an empty refresh token", ["refresh_token": "\"\""]),
            ("with a null scope", ["scope": "null"]), ("with error: null", ["error": "null"]),
            ("with an id_token", ["id_token": #""a.b.c""#]),
        ]
    }

    var answers: [ConformanceCase] {
        good.map { what, changes in
            one(.tokenAnswers, "an answer \(what)", "the token, no refresh token, and no refusal") {
                let set = try read(usual(changes))
                return set.accessToken.revealed == Self.token && set.refreshToken == nil ? nil : "other tokens"
            }
        }
            + [#""a b""#, #""b,a""#, #"["a","b"]"#].map { json in
                one(.tokenAnswers, "scope: \(json)", "both scopes in any order, or none stated") {
                    let scopes = try read(usual(["scope": json])).scopes
                    return scopes == nil || Set(scopes ?? []) == ["a", "b"] ? nil : "\(scopes ?? [])"
                }
            } + [
                one(.tokenAnswers, "a refresh token", "the same refresh token, if the provider has any") {
                    guard has("refresh_token") else { return nil }
                    let json = JSONValue.text(Self.refreshTokenText).text
                    let token = try read(usual(["refresh_token": json])).refreshToken
                    return token?.value.revealed == Self.refreshTokenText ? nil : token == nil ? "none" : "different"
                },
                one(.tokenAnswers, "status 201", "the token") {
                    var answer = usual()
                    answer.status = 201
                    return try read(answer).accessToken.revealed == Self.token ? nil : "a different token"
                },
            ] + extras
    }

    /// The members that the conventions keep.
    private var extras: [ConformanceCase] {
        conventions.answer.allExtras.map { name in
            one(.tokenAnswers, "the extra \(name)", "its value beside the token") {
                // A dialect may reject the value, but must not change it.
                guard let set = try? read(usual([name: #""kit.example""#])) else { return nil }
                let value = set.extras[name]?.revealed
                return value == "kit.example" ? nil : value == nil ? "none" : "a different value"
            }
        }
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
        one(.unreadableAnswers, what, "a TokenError or a refusal; no token, no crash") {
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
