import Foundation
import OAuthDialects

/// Whatever conventions say, requests and answers end in values or in errors with a type, the same twice, and show no secret.
func readConventions(_ bytes: Data) {
    let random = RandomConventions(bytes)
    let dialect = StandardDialect.standard(
        name: "random",
        tokenEndpoint: URL(string: "https://auth.example/token")!,
        apiHosts: ["api.example"],
        authorizationEndpoint: URL(string: "https://auth.example/authorize?v=2")!,
        revocationEndpoint: URL(string: "https://auth.example/revoke")!,
        conventions: random.conventions
    )
    expectRequests(of: dialect, for: random.exchange)
    expectAuthorizes(dialect)
    expectRefusal(random, dialect)
    let secrets = expectTokens(random, dialect, random.exchange) + random.secretExtras
    guard let refreshToken = try? RefreshToken(Dialects.refreshToken) else { return }
    Conversation(
        dialect: dialect,
        record: over(refreshToken),
        identity: random.identity,
        answer: random.answer,
        answerSecrets: secrets
    ).run()
}

/// An exchange of every grant, by a client whose identity has scopes.
enum RandomExchanges {
    static let assertion = "assertion-20d7"
    static let secrets = [Dialects.clientSecret, Dialects.refreshToken, Dialects.code, assertion]

    static let all: [TokenExchange] = {
        var exchanges = (try? Dialects.exchanges()) ?? []
        let other = Grant.other(type: "urn:example:assertion", fields: [("assertion", Secret(assertion))])
        exchanges.append(TokenExchange(grant: other, credentials: Dialects.credentials, date: Dialects.date))
        return exchanges.map { exchange in
            var exchange = exchange
            exchange.scopes = ["read", "write"]
            return exchange
        }
    }()
}

// MARK: Answers

/// A refusal is the same twice, its words come out of the answer, and what passes costs nobody a sign-in.
private func expectRefusal(_ random: RandomConventions, _ dialect: StandardDialect) {
    let answer = random.answer
    let isRejection = dialect.isTokenRejection(answer)
    expect(isRejection == dialect.isTokenRejection(answer), "a rejection is one twice")
    expect(isRejection || answer.status != 401, "the status 401 rejects a token")
    let refusal = dialect.refusal(in: answer)
    expect(refusal == dialect.refusal(in: answer), "a refusal is read the same twice")
    guard let refusal else {
        return expect((200..<300).contains(answer.status), "an answer that is no success is a refusal")
    }
    expect(refusal.status == answer.status, "a refusal has the answer's status")
    if let code = refusal.code { expect(Int(code) != nil || random.texts.contains(code), "a code is in the answer") }
    let isPassing = refusal.status >= 500 || [408, 429].contains(refusal.status)
    for exchange in RandomExchanges.all {
        let remedy = dialect.remedy(for: refusal, of: exchange)
        expect(remedy == dialect.remedy(for: refusal, of: exchange), "a remedy is the same twice")
        expect(!isPassing || remedy == .retryLater, "a failure that passes is asked again later")
        expect(remedy != .discardGrant || !refusal.foldedCode.isEmpty, "without a code no grant is given up")
    }
}

/// Tokens are usable and each is a text of its own in the answer; returns what of them must not be shown.
private func expectTokens(_ random: RandomConventions, _ dialect: StandardDialect, _ exchange: TokenExchange)
    -> [String]
{
    func read() throws -> TokenSet { try dialect.tokens(in: random.answer, for: exchange) }
    let tokens: TokenSet
    do { tokens = try read() } catch {
        expect(error is TokenError, "reading tokens fails by a TokenError, not by \(type(of: error))")
        expectPresentable(error)
        expectNoSecret(RandomExchanges.secrets, in: "\(error)", "an answer that can't be read")
        do {
            _ = try read()
            expect(false, "an answer fails twice")
        } catch let other {
            expect("\(error)" == "\(other)", "an answer fails the same twice")
        }
        return []
    }
    expect((try? read()) == tokens, "tokens are read the same twice")
    let names = random.conventions.answer.names
    expect(names[.refreshToken] != "" && names[.accessToken] != "", "no token has an empty name")
    var shown = tokens
    // Scopes are shown; the session looks for tokens in them.
    shown.scopes = nil
    expectUsable(shown)
    expectOwnTexts(tokens, in: random.texts)
    for (name, text) in tokens.extras.mapValues(\.revealed) {
        expect(text.utf8.count <= 1024, "an extra has up to 1 KiB")
        let isWritten = Double(text) != nil || Bool(text) != nil || random.texts.contains(text)
        expect(isWritten, "an extra comes from the answer")
        expect(random.extras[name] != nil, "an extra is one that was named")
    }
    let secrets = tokens.extras.filter { random.extras[$0.key] == true }.values.map(\.revealed)
    return secrets.filter(random.isRare)
}

/// No text of an answer is two tokens.
private func expectOwnTexts(_ tokens: TokenSet, in texts: [String]) {
    let all = [tokens.accessToken, tokens.refreshToken?.value, tokens.idToken].compactMap { $0?.revealed }
    for token in all {
        let count = all.count { $0 == token }
        expect(texts.count { $0 == token } >= count, "each token is a text of the answer")
    }
}
