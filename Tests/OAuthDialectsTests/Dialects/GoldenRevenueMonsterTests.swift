import Foundation
import OAuthDialects
import Testing

struct GoldenRevenueMonsterTests {
    private static let environments = ["URL": RevenueMonsterDialect.Environment.production, "Sandbox URL": .sandbox]

    @Test(arguments: ["URL", "Sandbox URL"])
    func `A request is the page's curl example at the page's URL`(_ label: String) throws {
        let document = try Document(3)
        let curl = try document.curl()
        let credentials = try curl.credentials()
        let environment = try #require(Self.environments[label])

        let request = try RevenueMonsterDialect(environment).request(
            for: Sample.exchange(id: credentials.id, secret: credentials.secret)
        )

        #expect(request.method == curl.method)
        #expect(request.url == (try document.url(label)))
        #expect(request.url.path() == curl.path)
        #expect(request.particularHeaders == curl.headers)
        #expect(try request.decodedJSON() == curl.json)
    }

    @Test func `The curl example goes to the sandbox`() throws {
        let url = try Document(3).curl().url
        #expect(RevenueMonsterDialect(.sandbox).tokenEndpoint(for: .clientCredentials())?.absoluteString == url)
    }

    @Test func `The Base64 of the page's second step comes out`() throws {
        let text = try Document(3).text
        let pair = try #require(text.firstMatch(of: /Before Base64 encoding: <br \/>\n`([^:`]+):([^`]+)`/)).output
        let base64 = try #require(text.firstMatch(of: /\*\*Authorization\*\* : (Basic \S+)/)).output.1
        let exchange = Sample.exchange(id: String(pair.1), secret: String(pair.2))
        let request = try RevenueMonsterDialect(.production).request(for: exchange)
        #expect(request.headers["Authorization"] == String(base64))
    }

    /// Source: Revenue Monster's page on refreshing and its SDKs.
    @Test func `A refresh and a code have the fields of the other pages`() throws {
        let dialect = RevenueMonsterDialect(.production)
        let refresh = try dialect.request(for: Sample.exchange(Sample.refresh()))
        #expect(try refresh.decodedJSON() == ["grantType": "refresh_token", "refreshToken": Sample.refreshToken])
        let code = try dialect.request(for: Sample.exchange(Sample.code))
        let fields = [
            "grantType": "authorization_code", "code": "code-canary", "redirectUri": "https://app.example/back",
        ]
        #expect(try code.decodedJSON() == fields)
        #expect(code.url == refresh.url)
    }
}
