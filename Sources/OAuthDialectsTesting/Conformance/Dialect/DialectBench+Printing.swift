internal import Foundation
internal import OAuthDialects

extension DialectBench {
    var printing: [ConformanceCase] {
        let clause = DialectClause.redaction
        return eachGrant(clause, "description, debugDescription, dump, and Mirror of the request", "no secret") {
            let texts = PrintedForms.of($1)
            let scrubber = Scrubber(secrets(of: $0) + [Self.credentials.secret ?? ""])
            return texts.contains { scrubber.scrub($0) != $0 } ? "a secret" : nil
        } + [
            one(clause, "the request of a revocation", "no secret") {
                let scrubber = Scrubber(secrets + [Secret(Self.token)])
                let texts = dialect.revocation.map(PrintedForms.of) ?? []
                return texts.contains { scrubber.scrub($0) != $0 } ? "a secret" : nil
            },
            one(clause, "the error for a response with an invalid access token", "no token in the error") {
                let text = "leaked access token"
                do {
                    _ = try read(usual(["access_token": JSONValue.text(text).text]))
                    return "a token"
                } catch {
                    return PrintedForms.of(error).contains { $0.contains(text) } ? "the token" : nil
                }
            },
            one(clause, "the error for a response with another token type", "no token in the error") {
                do {
                    _ = try read(usual(["token_type": #""conformance-mac""#]))
                    return nil
                } catch {
                    return PrintedForms.of(error).contains { $0.contains(Self.token) } ? "the token" : nil
                }
            },
        ]
    }

    /// The same input gives the same output: a dialect has no clock, no state, and no randomness.
    var determinism: [ConformanceCase] {
        let clause = DialectClause.determinism
        return eachGrant(clause, "the same exchange five times", "the same request, byte for byte") {
            for _ in 0..<4 {
                let other = try request($0)
                guard Self.bytes(of: other) == Self.bytes(of: $1) else { return "a different request" }
            }
            return nil
        } + [
            one(clause, "name, issuer, API origins, and endpoints, five times", "the same values") {
                let first = facts
                return (0..<4).allSatisfy { _ in facts == first } ? nil : "different values"
            },
            one(clause, "reading a token response and a refusal, five times", "the same results") {
                let refused = WireResponse(status: 400, body: Data(#"{"error":"invalid_grant"}"#.utf8))
                let (set, refusal) = (try read(usual()), dialect.refusal(in: refused))
                for _ in 0..<4 where try read(usual()) != set || dialect.refusal(in: refused) != refusal {
                    return "different results"
                }
                return nil
            },
        ]
    }

    private var facts: [String] {
        let endpoints = Self.allGrants.map { dialect.tokenEndpoint(for: $0)?.absoluteString ?? "-" }
        let origins = dialect.apiOrigins.origins.map(\.description).sorted()
        let others = [dialect.authorizationEndpoint, dialect.revocationEndpoint].map { $0?.absoluteString ?? "-" }
        return [dialect.name, dialect.issuer ?? "-"] + endpoints + origins + others
    }

    static func bytes(of request: WireRequest) -> [String] {
        let headers = request.headers.fields.map { "\($0.name): \($0.value)" }
        let body = (request.body?.data ?? Data()).base64EncodedString()
        return [request.method, request.url.absoluteString] + headers + [body]
    }
}
