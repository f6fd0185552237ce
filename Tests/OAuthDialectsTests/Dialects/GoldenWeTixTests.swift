import Foundation
import OAuthDialects
import Testing

struct GoldenWeTixTests {
    /// A page, the label of a URL in it, and the environment that has to go there.
    struct Row: Sendable, CustomTestStringConvertible {
        let document: Int
        let label: String
        let environment: WeTixDialect.Environment
        var testDescription: String { "document \(document), \(label)" }

        init(_ document: Int, _ label: String, _ environment: WeTixDialect.Environment) {
            self.document = document
            self.label = label
            self.environment = environment
        }
    }

    static let rows = [
        Row(0, "Production URL", .legacyProduction),
        Row(0, "Sandbox URL", .legacySandbox),
        Row(1, "Production URL", .production),
        Row(1, "Sandbox URL", .sandbox),
        Row(2, "Production URL", .legacyProduction),
        Row(2, "Sandbox URL", .legacySandbox),
    ]

    @Test(arguments: rows)
    func `A request is the page's curl example at the page's URL`(_ row: Row) throws {
        let document = try Document(row.document)
        let curl = try document.curl()
        let credentials = try curl.credentials()
        var grant = Grant.clientCredentials()
        if let token = curl.json?["refresh_token"] { grant = .refreshToken(try RefreshToken(token)) }

        let request = try WeTixDialect(row.environment).request(
            for: Sample.exchange(grant, id: credentials.id, secret: credentials.secret)
        )

        #expect(request.method == curl.method)
        #expect(request.url == (try document.url(row.label)))
        #expect(request.url.path() == curl.path)
        #expect(request.particularHeaders == curl.headers)
        #expect(try request.decodedJSON() == curl.json)
    }

    @Test(arguments: [0, 1, 2])
    func `The credentials before and after Base64 are those of the curl example`(_ number: Int) throws {
        let document = try Document(number)
        let credentials = try document.curl().credentials()
        #expect(document.text.contains("\(credentials.id):\(credentials.secret)"))
    }

    @Test func `Both endpoints of an environment stand on one host`() throws {
        let refresh = try Sample.refresh()
        let hosts = [
            ("oauth.wetix.my", WeTixDialect.Environment.production),
            ("sb-oauth.wetix.my", .sandbox),
            ("oauth2.wetix.my", .legacyProduction),
            ("sb-oauth2.wetix.my", .legacySandbox),
        ]
        for (host, environment) in hosts {
            let dialect = WeTixDialect(environment)
            #expect(dialect.tokenEndpoint(for: .clientCredentials())?.absoluteString == "https://\(host)/auth/token")
            #expect(dialect.tokenEndpoint(for: refresh)?.absoluteString == "https://\(host)/auth/refresh")
        }
    }
}
