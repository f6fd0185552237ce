import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

/// A dialect with a client and the requests that its provider's documents show.
struct Example {
    let dialect: any ProviderDialect
    let client: ClientCredentials
    var date = Date(timeIntervalSince1970: 1_767_225_600)
    let requests: [(grant: Grant, text: String)]

    init(
        _ dialect: any ProviderDialect,
        id: String = "CLIENT_ID",
        secret: String = "CLIENT_SECRET",
        date: Date = Date(timeIntervalSince1970: 1_767_225_600),
        _ requests: (Grant, String)...
    ) {
        self.dialect = dialect
        self.client = ClientCredentials(id: id, secret: secret)
        self.date = date
        self.requests = requests.map { (grant: $0.0, text: $0.1) }
    }

    func exchange(_ grant: Grant? = nil) -> TokenExchange {
        TokenExchange(grant: grant ?? requests[0].grant, credentials: client, date: date)
    }

    // MARK: Requests

    /// What the dialect sends is what the documents show: method, URL, headers, and fields in any order.
    func sendsWhatIsDocumented(sourceLocation: SourceLocation = #_sourceLocation) throws {
        for (grant, text) in requests {
            let shown = try ShownRequest(text)
            let sent = try ShownRequest(dialect.request(for: exchange(grant)))
            #expect(sent.line == shown.line, sourceLocation: sourceLocation)
            #expect(sent.fields == shown.fields, sourceLocation: sourceLocation)
            for name in Set(shown.headers.keys).union(["authorization", "content-type"]) {
                #expect(sent.headers[name] == shown.headers[name], "\(name)", sourceLocation: sourceLocation)
            }
        }
    }

    /// Whether HTTP Basic has the id and the secret unencoded.
    func sendsRawBasic() throws -> Bool {
        var raw = exchange()
        raw.credentials = ClientCredentials(id: "a+b", secret: "c%d e")
        let header = try dialect.request(for: raw).headers["Authorization"]
        return header.map { "Authorization: " + $0 } == basic("a+b", "c%d e")
    }

    /// The parameters of the URL that a browser is sent to, under the URL's address.
    func signIn(_ scopes: String...) async throws -> (address: String, fields: [String: String]) {
        let session = TokenSession(
            dialect: dialect,
            credentials: client,
            identity: .user(try Account("user"), scopes: scopes)
        )
        let url = try await session.beginSignIn(redirectURI: "https://app.example/callback").url
        let items = URLComponents(url: url, resolvingAgainstBaseURL: true)?.queryItems ?? []
        let address = url.absoluteString.prefix { $0 != "?" }
        return (String(address), Dictionary(items.map { ($0.name, $0.value ?? "") }) { first, _ in first })
    }

    // MARK: Answers

    /// The tokens in an answer, which must not be a refusal.
    func tokens(_ body: String, for grant: Grant? = nil, headers: WireHeaders = [:]) throws -> TokenSet {
        let answer = WireResponse(status: 200, headers: headers, body: Data(body.utf8))
        #expect(dialect.refusal(in: answer) == nil)
        return try dialect.tokens(in: answer, for: exchange(grant))
    }

    /// What a refusal of the token endpoint means.
    func meaning(_ status: Int, _ body: String, for grant: Grant? = nil) throws -> Meaning {
        let answer = WireResponse(status: status, body: Data(body.utf8))
        let refusal = try #require(dialect.refusal(in: answer), "no refusal")
        return Meaning(dialect.remedy(for: refusal, of: exchange(grant)))
    }

    // MARK: API requests

    /// Whether an answer of the API rejects the token.
    func rejects(_ status: Int, _ body: String = "") -> Bool {
        dialect.isTokenRejection(WireResponse(status: status, body: Data(body.utf8)))
    }

    /// A GET of an API with the token `TOKEN`.
    func authorized(_ url: String) throws -> WireRequest {
        var request = WireRequest("GET", try #require(URL(string: url)))
        try dialect.apiOrigins.check(request.url)
        let token = try AccessToken("TOKEN")
        try dialect.authorize(&request, for: ResourceAccess(token: token, credentials: client, date: date, nonce: "n"))
        return request
    }

    /// A request that revokes the access token `ACCESS` and the refresh token `REFRESH`.
    func revocation() throws -> ShownRequest {
        let refresh = try RefreshToken("REFRESH")
        let tokens = try TokenSet(accessToken: "ACCESS", refreshToken: refresh)
        return try ShownRequest(#require(try dialect.revocationRequest(for: tokens, by: client)))
    }
}

/// A ``Remedy`` without its hint.
enum Meaning {
    case later
    case dead
    case fix
    case unknown

    init(_ remedy: Remedy) {
        switch remedy {
        case .retryLater: self = .later
        case .discardGrant: self = .dead
        case .fixConfiguration: self = .fix
        case .unknown: self = .unknown
        }
    }
}

extension Grant {
    static func code(_ code: String = "CODE", redirectURI: String? = nil) -> Self {
        .authorizationCode(Secret(code), redirectURI: redirectURI, codeVerifier: nil)
    }

    static func refresh(_ token: String = "REFRESH_TOKEN") -> Self {
        (try? RefreshToken(token)).map { .refreshToken($0) } ?? .clientCredentials()
    }
}

extension TokenSet {
    /// The extras as plain texts.
    var said: [String: String] { extras.mapValues(\.revealed) }
}
