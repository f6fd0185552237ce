internal import Foundation
internal import OAuthDialects

extension DialectBench {
    private static let transient = [408, 425, 429, 500, 502, 503, 504]
    private static let definite = [400, 401, 403, 404, 405, 409, 410, 415, 418, 422]

    private static let bodies: [(shape: String, body: String)] = [
        ("a string", #"{"error":"some_error","error_description":"It failed."}"#),
        ("an object", #"{"error":{"code":"SOME_ERROR","message":"It failed."}}"#),
        ("a list of strings", #"{"errors":["It failed."]}"#),
        ("a list of objects", #"{"errors":[{"message":"It failed.","extensions":{"code":"SOME"}}],"data":null}"#),
        ("HTML", "<html><body><h1>Bad Gateway</h1></body></html>"), ("empty", ""),
        ("half an object", #"{"error":"some_err"#), ("a number", #"{"error":17}"#),
        ("900 opening brackets", String(repeating: "[", count: 900)),
    ]

    private func response(_ status: Int, _ body: String, _ headers: WireHeaders = [:]) -> WireResponse {
        WireResponse(status: status, headers: headers, body: Data(body.utf8))
    }

    /// The dialect reads every error status as a refusal, whatever the body, and retries transient ones later.
    var refusals: [ConformanceCase] {
        (Self.transient + Self.definite).flatMap { status in
            Self.bodies.map { shape, body in
                let isTransient = Self.transient.contains(status)
                let expected = "a refusal with that status" + (isTransient ? ", to be retried later" : "")
                return one(isTransient ? .transientRefusals : .refusals, "a \(status) whose body is \(shape)", expected)
                {
                    guard let refusal = dialect.refusal(in: response(status, body)) else { return "no refusal" }
                    guard refusal.status == status else { return "a refusal with status \(refusal.status)" }
                    for grant in grants {
                        let remedy = dialect.remedy(for: refusal, of: exchange(grant))
                        if isTransient, remedy != .retryLater { return "\(grant.type): \(remedy)" }
                    }
                    return nil
                }
            }
        } + at200 + waits + conventionalRefusals
    }

    /// A refusal as the conventions write it is read with its code, and its message if they name one.
    private var conventionalRefusals: [ConformanceCase] {
        let format = conventions.refusal
        guard format.success != nil || !format.codes.isEmpty || !format.messages.isEmpty else { return [] }
        let code = conventions.wording(.unknown).code
        let denial = format.success.map { "{\(JSONValue.text($0.name).text):\($0.failure(code))}" }
        let denied = denial.map { body in
            one(.refusalsAt200, "a 200 that is no success: \(body)", "a refusal") {
                dialect.refusal(in: response(200, body)) == nil ? "no refusal" : nil
            }
        }
        let body = conventions.refusalBody(code, "It failed.")
        return (denied.map { [$0] } ?? [])
            + [200, 400].map { status in
                let clause = status == 200 ? DialectClause.refusalsAt200 : .refusals
                return one(clause, "a \(status) as the conventions write refusals: \(body)", "its code and its message")
                {
                    guard let refusal = dialect.refusal(in: response(status, body)) else { return "no refusal" }
                    guard refusal.code == code || format.codes.isEmpty else {
                        return "the code \(refusal.code ?? "missing")"
                    }
                    let isRight = format.messages.isEmpty || refusal.message == "It failed."
                    return isRight ? nil : "the message \(refusal.message ?? "missing")"
                }
            }
    }

    private var at200: [ConformanceCase] {
        Self.bodies.map { shape, body in
            one(.refusalsAt200, "an error at 200 whose body is \(shape)", "a refusal or a TokenError, never a token") {
                do {
                    _ = try read(response(200, body))
                    return "a token"
                } catch is Refused {
                    return nil
                } catch is TokenError {
                    return nil
                }
            }
        }
            + ["server_error", "temporarily_unavailable"].map { code in
                one(
                    .refusalsAt200,
                    "a 200 with the error \(code)",
                    "to be retried later, if the dialect reads a refusal"
                ) {
                    guard let refusal = dialect.refusal(in: response(200, #"{"error":"\#(code)"}"#)) else { return nil }
                    let remedies = grants.map { dialect.remedy(for: refusal, of: exchange($0)) }
                    return remedies.first { $0 != .retryLater }.map { "\($0)" }
                }
            }
    }

    private var waits: [ConformanceCase] {
        [429, 503].map { status in
            one(
                .transientRefusals,
                "a \(status) with Retry-After: 7",
                "the refusal says to wait 7 s (RFC 9110, section 10.2.3)"
            ) {
                let refusal = dialect.refusal(in: response(status, "", ["Retry-After": "7"]))
                return refusal?.retryAfter == .delay(.seconds(7)) ? nil : "\(refusal?.retryAfter as Any)"
            }
        }
    }

    private static let codes: [(code: String, status: Int)] = [
        ("invalid_grant", 400), ("invalid_client", 401), ("invalid_scope", 400), ("unauthorized_client", 400),
        ("unsupported_grant_type", 400), ("invalid_request", 400),
    ]

    /// The error codes of RFC 6749, section 5.2, are definite: a dialect must not retry them.
    var remedies: [ConformanceCase] {
        let clause = DialectClause.remedies
        return grants.flatMap { grant in
            Self.codes.map { code, status in
                one(clause, "\(grant.type): \(code)", Self.expectation(code)) {
                    guard let refusal = dialect.refusal(in: response(status, #"{"error":"\#(code)"}"#)) else {
                        return "no refusal"
                    }
                    let remedy = dialect.remedy(for: refusal, of: exchange(grant))
                    if remedy == .retryLater { return "retryLater, which would repeat forever" }
                    if code == "invalid_grant", remedy != .discardGrant { return "\(remedy)" }
                    if code == "invalid_client", remedy == .discardGrant {
                        return "\(remedy), which would end a user's session"
                    }
                    return nil
                }
            }
        } + ownRemedies + unknownWords
    }

    /// Each code in the conventions gets the remedy that they give it.
    private var ownRemedies: [ConformanceCase] {
        conventions.refusal.remedies.sorted { $0.key < $1.key }.map { code, remedy in
            one(.remedies, "\(code), as the conventions write it", "\(remedy)") {
                let status = conventions.wording(.unknown).status
                let answer = response(status, conventions.refusalBody(code, "It failed."))
                guard let refusal = dialect.refusal(in: answer) else { return "no refusal" }
                let remedies = grants.map { dialect.remedy(for: refusal, of: exchange($0)) }
                return remedies.first { $0 != remedy }.map { "\($0)" }
            }
        }
    }

    private static func expectation(_ code: String) -> String {
        switch code {
        case "invalid_grant": "discardGrant: the presented grant is dead"
        case "invalid_client": "neither retryLater nor discardGrant: the grant may be valid"
        default: "not retryLater"
        }
    }
}
