internal import Foundation
internal import OAuthDialects

extension DialectBench {
    /// Answers that refuse with a code that no provider has, in the shapes in which providers refuse.
    private var unknownAnswers: [WireResponse] {
        let word = "a_word_of_tomorrow"
        let bodies = [
            #"{"error":"\#(word)","error_description":"It failed."}"#, #"{"error":"20050987"}"#,
            #"{"error":{"code":"A_WORD_OF_TOMORROW","message":"It failed."}}"#,
            #"{"errors":[{"errorType":"\#(word)","message":"It failed."}]}"#,
            #"{"code":20050987,"message":"It failed.","msg":"It failed."}"#,
            #"{"errcode":20050987,"errmsg":"It failed."}"#,
            conventions.refusalBody(conventions.wording(.unknown).code, "It failed."),
        ]
        return [400, 401, 200].flatMap { status in
            bodies.map { WireResponse(status: status, body: Data($0.utf8)) }
        }
    }

    /// Only a word that the provider documents for a dead grant may end a user's sign-in.
    var unknownWords: [ConformanceCase] {
        grants.flatMap { grant in
            [
                one(.unknownWords, "\(grant.type): unknown error words", "not discardGrant: the grant may be valid") {
                    for answer in unknownAnswers {
                        guard let refusal = dialect.refusal(in: answer) else { continue }
                        let remedy = dialect.remedy(for: refusal, of: exchange(grant))
                        guard remedy == .discardGrant else { continue }
                        return "discardGrant for \(answer.status) \(refusal.code ?? "without a code")"
                    }
                    return nil
                },
                one(.unknownWords, "\(grant.type): a gateway's 403 or 404 without a body", "not discardGrant") {
                    for status in [403, 404] {
                        guard let refusal = dialect.refusal(in: WireResponse(status: status)) else {
                            return "no refusal"
                        }
                        if dialect.remedy(for: refusal, of: exchange(grant)) == .discardGrant { return "discardGrant" }
                    }
                    return nil
                },
            ]
        }
    }

    /// A whole session in which a refresh is refused with such a word; other clauses report any other fault of that session.
    var unknownSessions: [ConformanceCase] {
        guard has("authorization_code"), has("refresh_token") else { return [] }
        return [
            ConformanceCase(.unknownWords, "a refresh is refused with an unknown word", "the user stays signed in") {
                guard let rig = SessionRig(self, isPersonal: true), (try? await rig.signIn()) != nil else { return nil }
                rig.expire()
                rig.sandbox.failNext(.unknownRefusal, at: .tokenEndpoints)
                for wait in [0, 600] {
                    rig.sandbox.advance(by: .seconds(wait))
                    guard let error = await rig.error(), error.code == .signInRequired else { continue }
                    return "signInRequired: list the provider's words for a dead grant, and leave others to the default"
                }
                return nil
            }
        ]
    }
}
