package import Foundation

extension SignInAttempt {
    /// Reads the URL that the browser came back with: the code in it, as the grant for ``TokenSession/signIn(with:)``.
    ///
    /// Scheme, host, port and path have to be those of ``redirectURI``, so behind a proxy it is the public URL that is to be
    /// given. Nothing of a callback that does not belong to this attempt is used. An `id_token` beside the code identifies
    /// nobody and is not read.
    ///
    /// - Parameters:
    ///   - callback: the whole URL as the browser asked for it.
    ///   - date: the wall date.
    /// - Returns: the grant, good for one exchange.
    /// - Throws: ``TokenError``: ``TokenError/Code/invalidCallback`` for a URL that is not the answer to this attempt,
    ///   ``TokenError/Code/signInExpired`` after ten minutes, ``TokenError/Code/signInDeclined`` if the person said no,
    ///   ``TokenError/Code/refused`` or ``TokenError/Code/unavailable`` if the provider did.
    package func grant(in callback: URL, at date: Date = Date()) throws -> Grant {
        let fields = try fields(of: callback)
        // Without this attempt's state, nothing in the URL can be trusted, not even an error.
        guard let state = fields["state"], !state.isEmpty else { throw Self.stray("has no state") }
        guard Secret(state) == self.state else { throw Self.stray("has the state of another sign-in") }
        guard !isOver(at: date) else {
            throw TokenError(.signInExpired, "The sign-in took longer than ten minutes.", hint: Self.anew)
        }
        try checkIssuer(fields["iss"])
        if let code = fields["error"] {
            guard fields["code"] == nil else { throw Self.stray("has a code and an error") }
            throw refusal(code, fields["error_description"] ?? fields["error_hint"])
        }
        guard let code = fields["code"] else { throw Self.stray("has neither a code nor an error") }
        guard (try? TokenText.check(Secret(code), named: "code")) != nil else {
            throw Self.stray("has an unusable code")
        }
        return .authorizationCode(Secret(code), redirectURI: redirectURI, codeVerifier: codeVerifier)
    }

    private func fields(of callback: URL) throws -> QueryFields {
        let expected = try RedirectURI(registered: redirectURI)
        let found: RedirectURI
        do {
            found = try RedirectURI(reading: callback.absoluteString)
        } catch let error as TokenError where error.code != .invalidCallback {
            throw Self.stray("does not begin with the redirect URI")
        }
        guard found.target == expected.target, found.query.contains(expected.query) else {
            throw Self.stray("does not begin with the redirect URI")
        }
        guard !found.hasFragment else { throw Self.stray("has a fragment") }
        return found.query
    }

    /// The issuer must be the dialect's (RFC 9207, section 2.4), or at the provider's own host if the dialect has none.
    private func checkIssuer(_ found: String?) throws {
        guard let issuer else {
            guard let found else { return }
            guard let one = try? Origin(found), one == (try? Origin(endpoint)) else {
                throw Self.stray("names another issuer")
            }
            return
        }
        guard let found else { throw Self.stray("does not name its issuer (iss)") }
        guard Secret(found) == Secret(issuer) else { throw Self.stray("names another issuer") }
    }

    /// What the provider said instead of giving a code (RFC 6749, section 4.1.2.1).
    private func refusal(_ code: String, _ words: String?) -> TokenError {
        let scrubber = Scrubber([state] + (codeVerifier.map { [$0] } ?? []))
        let said = scrubber.scrub(Refusal(status: 302, code: code, message: words))
        let text = [said.code, said.message].compactMap(\.self).joined(separator: ", ")
        let shown = text.hasSuffix(".") ? String(text.dropLast()) : text
        switch said.foldedCode {
        case "accessdenied", "usercancelled", "consentrequired", "loginrequired", "interactionrequired":
            return TokenError(.signInDeclined, "The sign-in at \(dialect) was declined: \(shown).", refusal: said)
        case "temporarilyunavailable", "servererror":
            return TokenError(
                .unavailable,
                "\(dialect) can't sign users in now: \(shown).",
                isTransient: true,
                refusal: said
            )
        default:
            return TokenError(
                .refused,
                "\(dialect) refused the sign-in: \(shown).",
                hint: "Check the client id, the redirect URI, and the scopes with the provider.",
                refusal: said
            )
        }
    }

    private static func stray(_ why: String) -> TokenError {
        TokenError(.invalidCallback, "The callback \(why).", hint: anew)
    }
}
