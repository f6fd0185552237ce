internal import Foundation
internal import OAuthDialects

/// How the authorization endpoint ends a visit: with a redirect to the client, or with an error page.
enum SandboxVisit {
    case back(URL)
    case page(String)
}

/// A valid authorization request.
struct SandboxWish {
    let client: String
    let redirectURI: String
    let scopes: [String]
    let fields: QueryFields
}

enum SandboxWishReading {
    case wish(SandboxWish)
    case visit(SandboxVisit, String)

    static func page(_ words: String) -> Self { .visit(.page(words), "") }
}

/// An error that the authorization endpoint returns to the client in the redirect (RFC 6749, section 4.1.2.1).
private struct ConsentRefusal: Error {
    let code: String
    let words: String
}

extension SandboxState {
    /// Checks and answers an authorization request, then records it.
    mutating func consent(to url: URL, _ consent: SandboxConsent, now: SessionInstant, date: Date) -> SandboxVisit {
        var complaints: [String] = []
        let (visit, outcome) = visit(url, consent, now, &complaints)
        note(visit, outcome, complaints, date)
        return visit
    }

    /// Records an authorization request by the redirect or page that answered it.
    mutating func note(_ visit: SandboxVisit, _ outcome: String, _ complaints: [String], _ date: Date) {
        switch visit {
        case .back: note(302, outcome, complaints, date)
        case .page(let words): note(400, outcome, complaints + [words], date)
        }
    }

    /// Records an authorization request in the transcript; with complaints, counts it as misuse.
    mutating func note(_ status: Int, _ outcome: String, _ complaints: [String], _ date: Date) {
        entries += 1
        if !complaints.isEmpty { counters.misuses += 1 }
        record(
            SandboxEntry(
                number: entries,
                date: date,
                request: "GET \(rules.authorizationPath)?…",
                status: status,
                outcome: outcome,
                complaints: complaints
            )
        )
    }

    private mutating func visit(
        _ url: URL,
        _ consent: SandboxConsent,
        _ now: SessionInstant,
        _ complaints: inout [String]
    ) -> (SandboxVisit, String) {
        let wish: SandboxWish
        switch self.wish(in: url, &complaints) {
        case .wish(let found): wish = found
        case .visit(let visit, let outcome): return (visit, outcome)
        }
        do throws(ConsentRefusal) {
            let answer = try decide(consent, wish.scopes)
            let code = issueCode(for: wish, answer, now)
            let granted = rules.tellsGrantedScopes ? [("scope", answer.joined(separator: " "))] : []
            return (back(to: wish.redirectURI, [("code", code)] + granted, wish.fields), "The user signed in.")
        } catch {
            return refused(error, wish.redirectURI, wish.fields, &complaints)
        }
    }

    /// Reads the authorization request from a URL; if it is not valid, returns the redirect or page that says so.
    func wish(in url: URL, _ complaints: inout [String]) -> SandboxWishReading {
        guard URLComponents(url: url, resolvingAgainstBaseURL: true)?.percentEncodedPath == rules.authorizationPath
        else {
            return .page("The path is wrong: users sign in to \(rules.title) at \(rules.authorizationPath).")
        }
        guard let fields = try? QueryFields(of: url.absoluteString) else {
            return .page("A parameter appears twice or can't be decoded.")
        }
        complaints += misspellings(in: fields.names)
        guard let client = fields[rules.name("client_id")], clients[client] != nil else {
            return .page("The client is unknown.")
        }
        guard let redirectURI = fields[rules.name("redirect_uri")], isRegistered(redirectURI) else {
            return .page("The redirect URI is not one of the client's.")
        }
        do throws(ConsentRefusal) {
            return .wish(
                SandboxWish(client: client, redirectURI: redirectURI, scopes: try scopes(of: fields), fields: fields)
            )
        } catch {
            let (visit, outcome) = refused(error, redirectURI, fields, &complaints)
            return .visit(visit, outcome)
        }
    }

    /// Whether a redirect URI is registered; the port of a loopback address may differ (RFC 8252, section 7.3).
    private func isRegistered(_ redirectURI: String) -> Bool {
        guard let registered = settings.redirectURIs else { return true }
        return registered.contains(redirectURI)
            || registered.contains { LoopbackRedirect($0).map { $0 == LoopbackRedirect(redirectURI) } ?? false }
    }

    private func refused(
        _ refusal: ConsentRefusal,
        _ redirectURI: String,
        _ fields: QueryFields,
        _ complaints: inout [String]
    ) -> (SandboxVisit, String) {
        if refusal.words.hasSuffix("!") { complaints.append(String(refusal.words.dropLast()) + ".") }
        let answer = [("error", refusal.code), ("error_description", refusal.words)]
        return (back(to: redirectURI, answer, fields), "The user did not sign in: \(refusal.words)")
    }

    private func decide(_ consent: SandboxConsent, _ scopes: [String]) throws(ConsentRefusal) -> [String] {
        switch consent {
        case .grant: return scopes
        case .grantOnly(let some): return scopes.filter(some.contains)
        case .decline: throw ConsentRefusal(code: "access_denied", words: "The resource owner denied the request.")
        case .fail(let code): throw ConsentRefusal(code: code, words: "The sandbox was told to fail.")
        }
    }

    private mutating func issueCode(for wish: SandboxWish, _ scopes: [String], _ now: SessionInstant) -> String {
        let code = SandboxText.code()
        codes[code] = IssuedCode(
            client: wish.client,
            scopes: scopes,
            redirectURI: wish.redirectURI,
            verifier: nil,
            challenge: wish.fields[rules.name("code_challenge")],
            expiresAt: now + .seconds(600),
            family: nextFamily()
        )
        return code
    }

    private func back(to redirectURI: String, _ answer: [(String, String)], _ fields: QueryFields) -> SandboxVisit {
        var answer = answer
        if let state = fields[rules.name("state")] { answer.append(("state", state)) }
        if let issuer = settings.issuer { answer.append(("iss", issuer)) }
        let query = answer.map { "\($0.0)=\(QueryFields.encode($0.1))" }.joined(separator: "&")
        let text = redirectURI + (redirectURI.contains("?") ? "&" : "?") + query
        return URL(string: text).map(SandboxVisit.back) ?? .page("The redirect URI is not a URL.")
    }

    private func misspellings(in names: [String]) -> [String] {
        let pkce = rules.knowsPKCE ? ["code_challenge", "code_challenge_method"] : []
        let known = (["response_type", "client_id", "redirect_uri", "scope", "state"] + pkce).map(rules.name)
        return names.filter { !known.contains($0) && !rules.authorizationQuery.contains($0) }.map { _ in
            "A parameter is not known to \(rules.title)."
        }
    }

    /// Checks the other parameters and returns the requested scopes; a message that ends in `!` is also a complaint.
    private func scopes(of fields: QueryFields) throws(ConsentRefusal) -> [String] {
        guard fields[rules.name("response_type")] == "code" else {
            throw ConsentRefusal(code: "unsupported_response_type", words: "The response type is not code!")
        }
        guard (fields[rules.name("state")] ?? "").count >= rules.minimumStateLength else {
            throw ConsentRefusal(code: "invalid_state", words: "The state is shorter than eight characters!")
        }
        if rules.knowsPKCE, fields[rules.name("code_challenge")] != nil,
            fields[rules.name("code_challenge_method")] != "S256"
        {
            throw ConsentRefusal(code: "invalid_request", words: "The code challenge is not S256!")
        }
        let text = fields[rules.name("scope")] ?? ""
        guard !text.isEmpty || !rules.wantsScope else {
            throw ConsentRefusal(code: "invalid_scope", words: "The request has no scope!")
        }
        guard !text.contains(rules.scopeSeparator == "," ? " " : ",") else {
            throw ConsentRefusal(code: "invalid_scope", words: "The scopes are separated by the wrong character!")
        }
        let scopes = text.split(separator: rules.scopeSeparator).map(String.init)
        guard settings.scopes.map({ Set(scopes).isSubset(of: $0) }) ?? true else {
            throw ConsentRefusal(code: "invalid_scope", words: "A scope is not one that the client may request.")
        }
        return scopes
    }
}
