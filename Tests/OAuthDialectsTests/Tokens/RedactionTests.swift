import Foundation
import OAuthDialects
import Testing

/// Each value that holds a secret, printed in every way that does not ask it.
struct RedactionTests {
    static let canaries = (0..<6).map { "canary\($0)-\(String(repeating: "x", count: 40))" }
    private static let c = canaries.map { Secret($0) }

    static func values() throws -> [Any] {
        let refresh = try RefreshToken(c[0])
        let access = try AccessToken(c[1], expiresAt: Sample.date, scopes: ["order"])
        let credentials = ClientCredentials(id: "client", secret: c[2])
        let grants = [
            Grant.refreshToken(refresh, scopes: ["order"]),
            .authorizationCode(c[0], redirectURI: "https://app.example", codeVerifier: c[1]),
            .other(type: "assertion", fields: [("assertion", c[0]), ("actor", c[1])]),
        ]
        let fields = [WireField("code", secret: c[0]), WireField("grant_type", "t")]
        let headers: WireHeaders = [
            "Authorization": "Bearer \(canaries[0])", "authorization": "Basic \(canaries[1])", "Cookie": canaries[2],
            "X-Api-Key": canaries[3], "Proxy-Authorization": "Digest \(canaries[4])",
            "Location": "https://a/?t=\(canaries[5])",
        ]
        let url = try Sample.url(
            "https://u:\(canaries[0])@api.example/p?t=\(canaries[1])&\(canaries[2])#\(canaries[3])"
        )
        let bytes = Data(canaries[4].utf8)
        let requests = [WireBody.form(fields), .json(fields), .bytes(bytes), nil].map {
            WireRequest("POST", url, headers: headers, body: $0)
        }
        let answer = Data(canaries.joined().utf8)
        var values: [Any] = [
            c[0], refresh, access, credentials, WireBody.form(fields), WireBody.json(fields), WireBody.bytes(bytes),
            fields[0], headers,
            try TokenSet(accessToken: c[1], lifetime: .seconds(1), refreshToken: refresh, scopes: ["order"]),
            ResourceAccess(token: access, credentials: credentials, date: Sample.date, nonce: "n"),
            WireResponse(status: 200, headers: headers, body: answer, isCutOff: true), access.authorizationHeader,
            access.value,
            UnderlyingError(URLError(.badURL, userInfo: [NSURLErrorFailingURLErrorKey: url])),
            TokenError(.unavailable, "x", underlying: UnderlyingError(URLError(.badURL, userInfo: ["k": canaries[0]]))),
            WireFailure(.timedOut, mayHaveArrived: true, underlying: URLError(.badURL, userInfo: ["k": canaries[0]])),
        ]
        values += grants as [Any]
        values += requests as [Any]
        values += grants.map { TokenExchange(grant: $0, credentials: credentials, date: Sample.date) } as [Any]
        return values
    }

    @Test func `No way of printing shows a secret`() throws {
        for value in try Self.values() { Printed(value).lacks(Self.canaries) }
    }

    /// So that the test above is known to look.
    @Test func `The same ways of printing show what is not hidden`() {
        struct Open {
            let text: String
            let inner: [(String, String)]
            let bytes: Data
        }
        let printed = Printed(Open(text: "canary-a", inner: [("k", "canary-b")], bytes: Data("canary-c".utf8)))
        for canary in ["canary-a", "canary-b", "canary-c"] {
            #expect(printed.texts.contains { $0.contains(canary) })
        }
    }

    @Test func `None of them can be encoded`() throws {
        for value in try Self.values() {
            #expect(!(value is any Encodable), "\(type(of: value))")
            #expect(!(value is any Decodable), "\(type(of: value))")
            #expect(!(value is any LosslessStringConvertible), "\(type(of: value))")
            #expect(!(value is any Hashable) || value is any Error, "\(type(of: value))")
        }
    }

    @Test func `What is no secret can be read`() throws {
        let access = try AccessToken("canary", expiresAt: Sample.date)
        #expect("\(access)" == "AccessToken(<redacted>, expires 2023-11-14T22:13:20Z)")
        #expect("\(Secret("canary"))" == "<redacted>")
        let credentials = String(describing: ClientCredentials(id: "client", secret: "canary"))
        #expect(credentials.contains("client"))
        let headers: WireHeaders = ["Content-Type": "text/html", "Authorization": "Bearer canary", "X-Key": "canary"]
        #expect("\(headers)" == "Content-Type: text/html\nAuthorization: Bearer <redacted>\nX-Key: <redacted>")
        let answer = WireResponse(status: 502, headers: headers, body: Data("canary".utf8))
        #expect("\(answer)" == "HTTP 502, text/html, 6 bytes")
        let body = WireBody.form([WireField("grant_type", "t\n"), WireField("code", secret: "canary")])
        #expect("\(body)" == #"grant_type=t\u{a}&code=<redacted>"#)
    }

    @Test func `A harmless header is escaped all the same`() {
        let headers: WireHeaders = ["User-Agent": "a\u{1B}[2J\nX: y", "Na\nme": "v"]
        #expect("\(headers)" == #"User-Agent: a\u{1b}[2J\u{a}X: y"# + "\n" + "<invalid>: <redacted>")
    }

    @Test(arguments: ["", "a", "b", "ab", "é", "e\u{301}"])
    func `Two secrets are equal if their bytes are`(_ text: String) {
        #expect(Secret(text) == Secret(text))
        for other in ["", "a", "b", "ab", "é", "e\u{301}"] {
            #expect((Secret(text) == Secret(other)) == (Array(text.utf8) == Array(other.utf8)))
        }
        #expect(Secret(text).revealed == text)
        #expect(Secret(text).isEmpty == text.isEmpty)
    }
}
