import Dispatch
import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Synchronization

/// Every request of a dialect by random conventions: with its secrets only where they belong, and never shown with them.
func expectRequests(of dialect: StandardDialect, for exchange: TokenExchange) {
    expectRequest(of: dialect, "an exchange") { try $0.request(for: exchange) }
    let refreshToken: RefreshToken? = if case .refreshToken(let token, _) = exchange.grant { token } else { nil }
    guard let tokens = try? TokenSet(accessToken: Secret(RandomExchanges.assertion), refreshToken: refreshToken) else {
        return expect(false, "the token is one")
    }
    expectRequest(of: dialect, "a revocation") { dialect in
        guard let request = try dialect.revocationRequest(for: tokens, by: exchange.credentials) else {
            throw TokenError(.unsupportedGrant, "There is no request.")
        }
        return request
    }
    expectSignIn(by: dialect)
}

private func expectRequest(
    of dialect: StandardDialect,
    _ what: String,
    _ make: (StandardDialect) throws -> WireRequest
) {
    guard let request = typed("writing \(what)", { try make(dialect) }) else {
        return expect((try? make(dialect)) == nil, "\(what) fails twice")
    }
    let shown = "\(request) \(String(reflecting: request)) \(request.headers) \(request.body.map { "\($0)" } ?? "")"
    let basic = Data("client:\(Dialects.clientSecret)".utf8).base64EncodedString()
    expectNoSecret(RandomExchanges.secrets + [basic], in: shown, "a printed request")
    expect(!"\(request.body.map { "\($0)" } ?? "")".unicodeScalars.contains { $0.value < 0x20 }, "a body is one line")
    expect(request.url.host() == "auth.example" && request.url.scheme == "https", "\(what) goes to its endpoint")
    for (name, value) in request.headers.fields {
        expect((name + value).utf8.allSatisfy { (0x20...0x7E).contains($0) }, "a header is printable")
    }
    let again = typed("writing it again") { try make(dialect) }
    expect(again?.url == request.url && again?.body?.data == request.body?.data, "\(what) is written the same twice")
    expectClient(request, dialect.conventions)
    expectFields(request, of: dialect, what, make)
}

/// Whether the secret is sent, and where, is decided by the conventions alone.
private func expectClient(_ request: WireRequest, _ conventions: WireConventions) {
    let sent = request.url.absoluteString + String(decoding: request.body?.data ?? Data(), as: UTF8.self)
    let hasHeader = request.headers["Authorization"] != nil
    switch conventions.request.clientAuthentication {
    case .basic, .basicFormEncoded:
        expect(hasHeader && !sent.contains(Dialects.clientSecret), "the secret is in the header alone")
    case .body: expect(!hasHeader && sent.contains(Dialects.clientSecret), "the secret is in the fields alone")
    case .publicClient, .none: expect(!hasHeader && !sent.contains(Dialects.clientSecret), "no secret is sent")
    }
}

/// A GET and a JSON object have the fields of the form, each once.
private func expectFields(
    _ request: WireRequest,
    of dialect: StandardDialect,
    _ what: String,
    _ make: (StandardDialect) throws -> WireRequest
) {
    var conventions = dialect.conventions
    conventions.request.bodyEncoding = .form
    let other = StandardDialect.standard(
        name: dialect.name,
        tokenEndpoint: URL(string: "https://auth.example/token")!,
        apiHosts: ["api.example"],
        revocationEndpoint: dialect.revocationEndpoint,
        conventions: conventions
    )
    guard case .form(let fields) = typed("writing a form", { try make(other) })?.body else {
        return expect(false, "what a request has can be a form")
    }
    let values = fields.map { "\($0.name)=\($0.value.revealed)" }
    switch request.body {
    case nil:
        let items = URLComponents(url: request.url, resolvingAgainstBaseURL: true)?.queryItems ?? []
        expect(request.method == "GET", "\(what) without a body is a GET")
        expect(items.map { "\($0.name)=\($0.value ?? "")" } == values, "a GET has the fields of the form")
        expect(Set(items.map(\.name)).count == items.count, "a GET has each field once")
    case .form: expect(request.method == "POST", "\(what) with a form is a POST")
    case .json, .bytes:
        let object = (try? JSONSerialization.jsonObject(with: request.body?.data ?? Data())) as? [String: String] ?? [:]
        expect(Set(object.map { "\($0.key)=\($0.value)" }) == Set(values), "a JSON object has the fields of the form")
        expect(object.count == fields.count, "a JSON object has each field once")
    }
}

/// A token that is placed is not shown, and goes nowhere else.
func expectAuthorizes(_ dialect: StandardDialect) {
    let text = "access-token-5c1d"
    guard let token = try? AccessToken(Secret(text)), let url = URL(string: "https://api.example/v1?page=2") else {
        return expect(false, "the token is one")
    }
    var request = WireRequest("GET", url)
    let access = ResourceAccess(token: token, credentials: Dialects.credentials, date: Dialects.date, nonce: "0123")
    guard typed("placing a token", { try dialect.authorize(&request, for: access) }) != nil else { return }
    expectNoSecret([text], in: "\(request) \(request.headers)", "a printed API request")
    expect(request.url.host() == url.host() && request.url.path() == url.path(), "the URL stays")
    let sent = request.url.absoluteString + request.headers.fields.map(\.value).joined()
    expect(sent.components(separatedBy: text).count == 2, "the token is there once")
}

// MARK: Signing in

/// A sign-in URL has the state once, and neither the verifier nor the client's secret.
private func expectSignIn(by dialect: StandardDialect) {
    guard let attempt = signIn(by: dialect) else { return }
    let stored = typed("writing a sign-in") { try attempt.bytes }
    let object = stored.flatMap { try? JSONSerialization.jsonObject(with: $0) } as? [String: Any] ?? [:]
    guard let state = object["state"] as? String else { return expect(false, "a sign-in has a state") }
    let verifier = object["codeVerifier"] as? String
    let hidden = [state, verifier].compactMap(\.self)
    expectNoSecret(hidden, in: "\(attempt)", "a printed sign-in")
    expectNoSecret([verifier, Dialects.clientSecret].compactMap(\.self), in: "\(attempt.url)", "a sign-in URL")
    let conventions = dialect.conventions
    let mustProve = conventions.pkce == .s256 || conventions.request.clientAuthentication == .publicClient
    expect((verifier != nil) == mustProve, "PKCE is used where the conventions say so, and by a public client")
    expect(attempt.url.host() == "auth.example" && attempt.url.path() == "/authorize", "the URL is the endpoint's")
    let items = URLComponents(url: attempt.url, resolvingAgainstBaseURL: true)?.queryItems ?? []
    expect(Set(items.map(\.name)).count == items.count, "a parameter is there once")
    expect(
        items.filter { $0.value == state }.map(\.name) == ["state"],
        "the state"
    )
    let redirectURI = conventions.request.values[.redirectURI]?[attempt.redirectURI] ?? attempt.redirectURI
    expect(items.contains { $0.value == redirectURI }, "the redirect URI, or the provider's word for it")
    let again = stored.flatMap { bytes in typed("reading a sign-in") { try SignInAttempt(bytes: bytes) } }
    expect(again == attempt, "a sign-in is read as written")
}

private func signIn(by dialect: StandardDialect) -> SignInAttempt? {
    guard let account = try? Account("somebody") else { return nil }
    let session = TokenSession(
        dialect: dialect,
        credentials: Dialects.credentials,
        identity: .user(account, scopes: ["read", "write"]),
        clock: TestClock(date: Dialects.date)
    )
    let end = DispatchSemaphore(value: 0)
    let begun = Begun()
    Task.detached {
        do {
            let attempt = try await session.beginSignIn(redirectURI: "https://app.example/callback")
            begun.result.withLock { $0 = .success(attempt) }
        } catch {
            begun.result.withLock { $0 = .failure(error) }
        }
        end.signal()
    }
    end.wait()
    return typed("beginning a sign-in") { try begun.result.withLock { $0 }?.get() } ?? nil
}

private final class Begun: Sendable {
    let result = Mutex<Result<SignInAttempt, any Error>?>(nil)
}
