import Foundation
import OAuthDialects
import Testing

/// A URL is the provider's answer to one attempt, or nothing of it is used.
struct CallbackTests {
    private func refusal(_ attempt: SignInAttempt, _ url: URL, at date: Date = Sample.date) -> TokenError? {
        tokenError { try attempt.grant(in: url, at: date) }
    }

    @Test func `A code comes out with redirect URI and verifier`() throws {
        let attempt = try SignInSample.attempt()
        let grant = try attempt.grant(
            in: SignInSample.callback(attempt, "code=a%2Bb&scope=order&id_token=x"),
            at: Sample.date
        )
        guard case .authorizationCode(let code, let uri, let verifier) = grant else {
            Issue.record("\(grant)")
            return
        }
        #expect(code.revealed == "a+b")
        #expect(uri == SignInSample.back)
        #expect(verifier == attempt.codeVerifier)
    }

    @Test(arguments: [
        "HTTPS://App.Example/callback/tiki", "https://app.example:443/callback/tiki",
        "https://app.example:/callback/tiki",
    ])
    func `The same place in another spelling is the same place`(_ place: String) throws {
        let attempt = try SignInSample.attempt()
        _ = try attempt.grant(in: Sample.url("\(place)?code=c&state=\(attempt.state.revealed)"), at: Sample.date)
    }

    @Test(arguments: [
        "http://app.example/callback/tiki", "https://app.example:444/callback/tiki",
        "https://evil.example/callback/tiki",
        "https://app.example.evil.example/callback/tiki", "https://app.example@evil.example/callback/tiki",
        "https://user@app.example/callback/tiki", "https://app.example./callback/tiki",
        "https://app.example/callback/tiki/",
        "https://app.example/callback", "https://app.example/callback/Tiki", "https://app.example/callback/tik%69",
        "https://app.example/x/../callback/tiki", "https://app.example/callback/wetix",
        "https://app.example//callback/tiki",
        "com.example.app:/callback/tiki", "/callback/tiki", "https:callback/tiki",
        "https://app%2eexample/callback/tiki",
    ])
    func `Any other place is refused`(_ place: String) throws {
        let attempt = try SignInSample.attempt()
        let url = try Sample.url("\(place)?code=c&state=\(attempt.state.revealed)")
        #expect(refusal(attempt, url)?.code == .invalidCallback)
    }

    static let queries = [
        "", "?", "?code=c", "?code=c&state=", "?code=c&state=other", "?code=c&state=STATEx", "?code=c&state=state",
        "?state=STATE", "?code=&state=STATE", "?code=c&code=d&state=STATE", "?code=c&state=STATE&state=STATE",
        "?code=c&state=STATE&state=other", "?code=c&%73tate=STATE&state=STATE",
        "?code=c&state=STATE&error=access_denied",
        "?code=c&state=STATE#", "?code=c&state=STATE#_=_", "#code=c&state=STATE", "?code=c#&state=STATE",
        "?code=%ff&state=STATE", "?code=c%0d%0aX:%20y&state=STATE", "?code=a%20b&state=STATE",
        "?code=c&state=STATE&iss=https://evil.example", "?code=c&state=STATE&iss=https://api.tiki.vn.evil.example",
        "?code=c&state=STATE&iss=", "?CODE=c&state=STATE", "?code=c&State=STATE", "?error=access_denied",
        "?error=access_denied&state=other", "?code=c;state=STATE", "?code=c&state=STATE%00",
        "?STATE&STATE", "?code=c&xSTATE=1&xSTATE=2",
    ]

    @Test(arguments: queries)
    func `A query that is not the answer is refused`(_ query: String) throws {
        let attempt = try SignInSample.attempt()
        let text = SignInSample.back + query.replacing("STATE", with: attempt.state.revealed)
        let error = refusal(attempt, try Sample.url(text))
        #expect(error?.code == .invalidCallback)
        #expect("\(try #require(error))".contains(attempt.state.revealed) == false)
    }

    @Test(arguments: ["https://a/?a=%zz", "https://a/?a=%", "https://a/?a=%f", "https://a/?a=%ff", "https://a/?a&a"])
    func `A query that can't be decoded is none`(_ text: String) {
        // Foundation's `URL` mends some of these; text from elsewhere is not mended.
        #expect(tokenError { try QueryFields(of: text) }?.code == .invalidCallback)
    }

    @Test func `A code of 20 KB, and a URL of a megabyte, are refused`() throws {
        let attempt = try SignInSample.attempt()
        for count in [20_000, 1_000_000] {
            let code = String(repeating: "c", count: count)
            #expect(refusal(attempt, try SignInSample.callback(attempt, "code=\(code)"))?.code == .invalidCallback)
        }
    }

    @Test func `The redirect URI's own parameters have to come back as they are`() throws {
        let attempt = try SignInSample.attempt(redirectURI: "https://app.example/cb?tenant=1")
        _ = try attempt.grant(in: SignInSample.callback(attempt), at: Sample.date)
        for place in [
            "https://app.example/cb?tenant=2&", "https://app.example/cb?", "https://app.example/cb?tenant=1&tenant=1&",
        ] {
            let url = try Sample.url("\(place)code=c&state=\(attempt.state.revealed)")
            #expect(refusal(attempt, url)?.code == .invalidCallback)
        }
    }

    @Test func `Ten minutes are enough, and more are too many`() throws {
        let attempt = try SignInSample.attempt()
        let url = try SignInSample.callback(attempt)
        _ = try attempt.grant(in: url, at: Sample.date + 600)
        #expect(refusal(attempt, url, at: Sample.date + 601)?.code == .signInExpired)
        _ = try attempt.grant(in: url, at: Sample.date - 30)
        #expect(refusal(attempt, url, at: Sample.date - 61)?.code == .signInExpired)
    }

    @Test(arguments: [
        ("access_denied", TokenError.Code.signInDeclined), ("temporarily_unavailable", .unavailable),
        ("server_error", .unavailable), ("invalid_scope", .refused), ("unauthorized_client", .refused),
        ("something_new", .refused), ("", .refused),
    ])
    func `An error answer is typed`(_ code: String, _ meaning: TokenError.Code) throws {
        let attempt = try SignInSample.attempt()
        let url = try SignInSample.callback(attempt, "error=\(code)&error_code=403&error_hint=The+user+said+no.")
        let error = try #require(refusal(attempt, url))
        #expect(error.code == meaning)
        #expect(error.isTransient == (meaning == .unavailable))
        #expect(error.refusal?.message == "The user said no.")
        #expect(!error.message.contains(".."), "\(error)")
    }

    @Test func `An error's words are scrubbed, cut and escaped`() throws {
        let attempt = try SignInSample.attempt()
        let state = attempt.state.revealed
        let words = "\(state)%1B[2J" + String(repeating: "x", count: 2000)
        let error = try #require(refusal(attempt, SignInSample.callback(attempt, "error=x&error_description=\(words)")))
        #expect(!error.description.contains(state))
        #expect(!error.description.contains("\u{1B}"))
        #expect(error.description.utf8.count < 1200)
    }

    @Test func `An issuer that is documented has to be named, exactly`() throws {
        let dialect = StandardDialect(
            name: "acme",
            tokenEndpoint: try Sample.url("https://login.acme.example/token"),
            apiHosts: [],
            authorizationEndpoint: try Sample.url("https://login.acme.example/authorize"),
            issuer: "https://id.acme.example"
        )
        let attempt = try SignInSample.attempt(dialect)
        _ = try attempt.grant(in: SignInSample.callback(attempt, "code=c&iss=https://id.acme.example"), at: Sample.date)
        for query in ["code=c", "code=c&iss=https://id.acme.example/", "code=c&iss=https://login.acme.example"] {
            #expect(refusal(attempt, try SignInSample.callback(attempt, query))?.code == .invalidCallback)
        }
        let tiki = try SignInSample.attempt()
        _ = try tiki.grant(in: SignInSample.callback(tiki, "code=c&iss=https://api.tiki.vn/"), at: Sample.date)
    }
}
